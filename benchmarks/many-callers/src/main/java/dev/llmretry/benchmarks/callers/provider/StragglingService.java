package dev.llmretry.benchmarks.callers.provider;

import java.util.Random;

/** Answers all requests, some of them late. */
public final class StragglingService implements Service {

  private final Latency latency;
  private final double share;
  private final double factor;
  private final Random random = new Random(2);

  /**
   * Creates a service.
   *
   * @param latency how long answers take on average, in seconds
   * @param share the share of answers that take longer
   * @param factor how many times longer they take
   */
  public StragglingService(double latency, double share, double factor) {
    this.latency = new Latency(latency);
    this.share = share;
    this.factor = factor;
  }

  @Override
  public Reply reply(double now) {
    boolean late = random.nextDouble() < share;
    return Reply.answer(latency.next() * (late ? factor : 1));
  }
}
