package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.WaitCause;
import org.jspecify.annotations.Nullable;

/**
 * The retry budget of one method, or the budget of a route. A retry costs tokens, which successes
 * give back; without tokens, one retry a second may be made as a probe.
 *
 * <p>While most calls succeed the budget stays full. When they fail, retries are limited to one per
 * ten successes, so that they do not keep an overloaded provider down.
 *
 * <p>Times are in nanoseconds of one clock. Not thread-safe.
 */
final class Budget {

  private static final int RETRY_COST = 10;
  private static final int RETRY_REFUND = 20;
  private static final int SUCCESS_REFUND = 1;
  private static final int MIN_RETRIES = 10;
  private static final long PROBE_INTERVAL_NANOS = 1_000_000_000L;

  /** The calls that wait for tokens, or for a closed route. */
  final WaitQueue held;

  private int reserve;
  private int capacity;

  /** The tokens that are missing. */
  private int spent;

  /** The rate at which calls return to a route that was closed; null for a method. */
  private final @Nullable Gate pace;

  private long nextProbe = Long.MIN_VALUE;
  private long exhaustedAt;

  private Budget(SharedUpstream owner, int maxRetries, int members, @Nullable Gate pace) {
    this.held = new WaitQueue(owner, WaitCause.RETRY_BUDGET);
    this.pace = pace;
    resize(maxRetries, members);
  }

  /** Returns the budget of a method, whose retries cost tokens. */
  static Budget ofMethod(SharedUpstream owner, int maxRetries, int members) {
    return new Budget(owner, maxRetries, members, null);
  }

  /** Returns the budget of a route, whose failures cost tokens. It is closed without tokens. */
  static Budget ofRoute(SharedUpstream owner) {
    return new Budget(owner, 0, 1, new Gate(() -> 0));
  }

  /**
   * Sets the capacity, as settings may change, and the number of processes that call the provider.
   */
  void resize(int maxRetries, int members) {
    reserve = RETRY_COST * Math.max(MIN_RETRIES, maxRetries);
    share(members);
  }

  /** Divides the reserve of a method by the number of processes. */
  void share(int members) {
    capacity = pace == null ? Math.max(RETRY_COST, reserve / members) : reserve;
    spent = Math.min(spent, capacity);
  }

  boolean isExhausted() {
    return capacity - spent < RETRY_COST;
  }

  boolean isFull() {
    return spent == 0;
  }

  /** {@return from 0 to 1} */
  double level() {
    return (double) (capacity - spent) / capacity;
  }

  /** Returns whether nothing need be remembered. */
  boolean isAtRest(long now) {
    return isFull() && held.isEmpty() && (pace == null || pace.tryRest(now));
  }

  /** Returns the time until an attempt may be made; 0 if it may be made now. */
  long delay(long now) {
    if (isExhausted()) {
      return nextProbe == Long.MIN_VALUE ? 0 : Math.max(0, nextProbe - now);
    }
    return pace == null || pace.isDormant() ? 0 : pace.delay(now);
  }

  /**
   * Takes the cost of an attempt, whose {@link #delay} is 0.
   *
   * @return the attempt, for {@link #succeeded}; null if nothing limits attempts
   */
  @Nullable Ticket take(long now) {
    if (isExhausted()) {
      nextProbe = now + PROBE_INTERVAL_NANOS;
      return pace == null ? null : new Ticket(now, 0, true);
    }
    if (pace == null) {
      charge(RETRY_COST, now);
      return null;
    }
    return pace.isDormant() ? null : pace.begin(now);
  }

  /** Returns whether this budget limits no attempts at this moment. */
  boolean isUnlimited() {
    return !isExhausted() && held.isEmpty() && (pace == null || pace.isDormant());
  }

  /**
   * Takes the cost of a failure.
   *
   * @param all whether it takes all tokens
   */
  void failed(boolean all, long now) {
    if (!isExhausted()) {
      charge(all ? capacity - spent : RETRY_COST, now);
    }
  }

  private void charge(int cost, long now) {
    spent += cost;
    if (isExhausted()) {
      exhaustedAt = now;
      nextProbe = now + PROBE_INTERVAL_NANOS;
    }
  }

  void reset() {
    spent = 0;
  }

  /**
   * Gives back tokens after a success. While a route is closed, only an attempt that began since
   * then shows that it can be opened.
   *
   * @param ticket the attempt; null if nothing limited it
   */
  void succeeded(@Nullable Ticket ticket, boolean isRetry, long now) {
    boolean wasClosed = pace != null && isExhausted();
    if (wasClosed && (ticket == null || ticket.begunAt - exhaustedAt < 0)) {
      return;
    }
    spent = Math.max(0, spent - (isRetry || wasClosed ? RETRY_REFUND : SUCCESS_REFUND));
    if (pace != null && wasClosed) {
      pace.reset();
      pace.pause(0, now);
    }
  }
}
