package dev.llmretry.benchmarks.callers.provider;

import java.util.PriorityQueue;

/** Answers with a fixed number of workers, for which requests queue; is down once. */
public final class UnstableService implements Service {

  private final double downFrom;
  private final double downUntil;
  private final Reply whileDown;
  private final Latency latency;

  /** When each worker has answered all that it has taken on. */
  private final PriorityQueue<Double> freeAt = new PriorityQueue<>();

  /**
   * Creates a service.
   *
   * @param workers the number of requests that are processed at once
   * @param latency how long that takes on average, in seconds
   * @param downFrom when requests begin to fail, in seconds
   * @param downUntil when they no longer fail
   * @param whileDown how they fail
   */
  public UnstableService(
      int workers, double latency, double downFrom, double downUntil, Reply whileDown) {
    this.downFrom = downFrom;
    this.downUntil = downUntil;
    this.whileDown = whileDown;
    this.latency = new Latency(latency);
    for (int i = 0; i < workers; i++) {
      freeAt.add(0.0);
    }
  }

  @Override
  public Reply reply(double now) {
    if (now >= downFrom && now < downUntil) {
      return whileDown;
    }
    double end = Math.max(now, freeAt.remove()) + latency.next();
    freeAt.add(end);
    return Reply.answer(end - now);
  }
}
