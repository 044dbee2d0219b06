package dev.llmretry.simulator;

/** A limit of requests in progress. */
final class ConcurrencyState implements LimitState {

  private final Limit limit;
  private double factor = 1;
  private int inProgress;

  ConcurrencyState(Limit limit) {
    this.limit = limit;
  }

  @Override
  public boolean admits(double now, double tokens) {
    return inProgress + 1 <= limit.amount() * factor;
  }

  @Override
  public void accept(double now, double tokens) {
    inProgress++;
  }

  /** It is not in progress. */
  @Override
  public void countRefusal(double now, double tokens) {}

  @Override
  public void release() {
    inProgress--;
  }

  @Override
  public double secondsUntilAdmitted(double now, double tokens) {
    return Double.NaN;
  }

  @Override
  public void setCapacity(double now, double capacity) {
    factor = capacity;
  }
}
