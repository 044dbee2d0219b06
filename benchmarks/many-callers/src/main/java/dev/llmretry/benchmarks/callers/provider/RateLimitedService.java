package dev.llmretry.benchmarks.callers.provider;

/** Answers as many requests as a token bucket allows. */
public final class RateLimitedService implements Service {

  private final TokenBucket bucket;
  private final Latency latency;

  /**
   * Creates a service.
   *
   * @param perSecond the requests per second; more than zero
   * @param burst the size of the bucket, in requests; 1 or more
   * @param latency how long answers take on average, in seconds
   */
  public RateLimitedService(double perSecond, int burst, double latency) {
    this.bucket = new TokenBucket(perSecond, burst);
    this.latency = new Latency(latency);
  }

  @Override
  public Reply reply(double now) {
    double wait = bucket.request(now);
    return wait == 0 ? Reply.answer(latency.next()) : Reply.rateLimited(wait);
  }
}
