package dev.llmretry.runtime.internal.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of a route: failures of its attempts use up tokens, and it is closed to calls
 * without them. One call a second tests it. After a success, calls return to it at a growing rate.
 *
 * <p>Not thread-safe.
 */
final class RouteBreaker extends Budget {

  /** The rate at which calls return. */
  private final RateGate pace = new RateGate(() -> 0);

  private long exhaustedAt;

  RouteBreaker(SharedUpstream owner) {
    super(owner);
  }

  @Override
  boolean isAtRest(long now) {
    return super.isAtRest(now) && pace.tryRest(now);
  }

  @Override
  boolean isUnlimited() {
    return super.isUnlimited() && pace.isDormant();
  }

  @Override
  long delay(long now) {
    return isExhausted() || pace.isDormant() ? super.delay(now) : pace.delay(now);
  }

  @Override
  void reset() {
    super.reset();
    pace.reset();
  }

  @Override
  @Nullable Ticket take(long now) {
    if (isExhausted()) {
      postponeProbe(now);
      return new Ticket(now, 0, true);
    }
    return pace.isDormant() ? null : pace.begin(now);
  }

  /**
   * Counts a failure.
   *
   * @param closes whether it closes the route, whatever was before
   * @return whether the route has been closed by it
   */
  boolean failed(boolean closes, long now) {
    if (isExhausted()) {
      return false;
    }
    charge(closes ? Integer.MAX_VALUE : COST, now);
    if (isExhausted()) {
      exhaustedAt = now;
    }
    return isExhausted();
  }

  /**
   * Counts a success. While the route is closed, only an attempt that began since then shows that
   * it can be opened.
   *
   * @param ticket the attempt; null if nothing limited it
   * @return whether the route has been opened by it
   */
  boolean succeeded(@Nullable Ticket ticket, long now) {
    if (!isExhausted()) {
      refund(SUCCESS_REFUND);
      return false;
    }
    if (ticket == null || ticket.begunAt - exhaustedAt < 0) {
      return false;
    }
    refund(RECOVERY_REFUND);
    pace.reset();
    pace.pause(0, now);
    return true;
  }
}
