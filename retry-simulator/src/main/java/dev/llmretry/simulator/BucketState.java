package dev.llmretry.simulator;

/** A token bucket. */
final class BucketState implements LimitState {

  /** So that a request that comes exactly when it was told to is admitted. */
  private static final double ROUNDING = 1e-6;

  private final Limit limit;
  private double factor = 1;
  private double level;
  private double filledAt;

  BucketState(Limit limit) {
    this.limit = limit;
    level = limit.burst();
  }

  private void fill(double now) {
    level = Math.min(limit.burst(), level + (now - filledAt) * limit.perSecond() * factor);
    filledAt = now;
  }

  private double cost(double tokens) {
    return limit.ofTokens() ? tokens : 1;
  }

  /** Returns how much the bucket must hold; for a request that is larger than it, all of it. */
  private double needed(double tokens) {
    return Math.min(cost(tokens), limit.burst());
  }

  @Override
  public boolean admits(double now, double tokens) {
    fill(now);
    return level >= needed(tokens) - ROUNDING;
  }

  @Override
  public void accept(double now, double tokens) {
    fill(now);
    level -= cost(tokens);
  }

  /** Costs as much as one that is accepted; but the bucket never lacks more than its size. */
  @Override
  public void countRefusal(double now, double tokens) {
    fill(now);
    level = Math.max(level - cost(tokens), Math.min(level, -limit.burst()));
  }

  @Override
  public double secondsUntilAdmitted(double now, double tokens) {
    fill(now);
    return (needed(tokens) - level) / (limit.perSecond() * factor);
  }

  @Override
  public void setCapacity(double now, double capacity) {
    fill(now);
    factor = capacity;
  }
}
