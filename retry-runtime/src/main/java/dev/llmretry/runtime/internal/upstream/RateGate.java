package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.upstream.Pace;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit of a provider, as far as it can be told from the attempts that were pushed back.
 * While the gate is closed no attempt begins; after that they begin at the rate that the provider
 * has accepted so far, and slowly faster.
 *
 * <p>A pushback closes the gate. Between two pushbacks the provider has accepted as much as it
 * allows, so the attempts that began and were not pushed back, over that time, are its rate. {@code
 * docs/guide/upstream.md} shows what that achieves, {@code docs/decisions.md} why it is so.
 *
 * <p>All times are in nanoseconds of one clock. Not thread-safe.
 */
class RateGate {

  /** The hint of a provider that asked for no delay. */
  static final long NO_HINT = -1;

  static final double SECOND = 1e9;

  /** The rate right after an opening, relative to the measured one. */
  private static final double START = 0.97;

  private static final double FIRST_RATE = 2;
  private static final double DOUBLING_SECONDS = 0.5;
  private static final double MIN_SPAN_SECONDS = 15;
  private static final double MAX_SPAN_SECONDS = 90;
  private static final long MIN_MEASURED_NANOS = 1_000_000_000L;
  private static final long MAX_DOUBLED_NANOS = 30_000_000_000L;
  private static final int SPANS_UNTIL_DORMANT = 4;

  /** The share of unused time from which on a measurement is only a bound. */
  private static final double UNUSED_SHARE = 0.1;

  final DoubleSupplier random;

  private boolean dormant = true;

  /** When the pause ends that the provider, or the application, has asked for. */
  long pausedUntil;

  /** How often the gate has closed. */
  int closings;

  long closedUntil;

  /** When a pause was last asked for that did not close the gate anew. */
  private long prolongedAt = Long.MIN_VALUE;

  long lastClosedNanos;
  private double meanClosedSeconds;

  /** Whether an attempt has begun since the gate was last closed. */
  boolean opened;

  long nextTurn;

  /** Attempts per second; 0 until it has been measured. */
  double rate;

  /** How many processes use the rate limit, each with a part of it, and begin at the same time. */
  int divisor = 1;

  private double refusalSeconds;

  @Nullable Ticket latest;

  long measuredSince;
  long begun;
  long pushedBack;
  long unused;

  RateGate(DoubleSupplier random) {
    this.random = random;
  }

  boolean isDormant() {
    return dormant;
  }

  /** Returns whether a closing is the latest one, and no attempt has begun since. */
  boolean isClosedBy(int closing) {
    return closing == closings && !opened;
  }

  /** Returns the number of the latest closing, as {@link #pushback} does. */
  int closings() {
    return closings;
  }

  /** Returns whether no attempt has begun after this one. */
  boolean isLatest(@Nullable Ticket ticket) {
    return ticket != null && ticket == latest;
  }

  /** Returns how many processes share the gate; 1 for this one alone. */
  int members() {
    return 1;
  }

  /** Returns the time until the next attempt may begin; 0 if it may begin now. */
  long delay(long now) {
    long closed = closedFor(now);
    return closed > 0 || !opened ? closed : Math.max(0, nextTurn - now);
  }

  /** Returns the time until the gate opens; 0 if it is open. */
  long closedFor(long now) {
    return dormant ? 0 : Math.max(0, closedUntil - now);
  }

  /** Returns when the gate opens, or has opened; the smallest {@code long} if it is dormant. */
  long closedUntil() {
    return dormant ? Long.MIN_VALUE : closedUntil;
  }

  /** Returns the attempts per second that may begin, or infinity while there is no limit. */
  double rate(long now) {
    return dormant ? Double.POSITIVE_INFINITY : rateAt(now);
  }

  /** Begins an attempt, whose turn it is. */
  Ticket begin(long now) {
    boolean first = !opened;
    long interval = nanosOfTurns(1, now);
    if (first) {
      opened = true;
      // Processes that share the provider should not all begin at the same time.
      nextTurn = now + interval + (long) (random.getAsDouble() * interval);
    } else {
      long earliest = now - interval; // a turn that was not used can be made up for
      unused += Math.max(0, earliest - nextTurn);
      nextTurn = Math.max(nextTurn, earliest) + interval;
    }
    begun++;
    latest = new Ticket(now, closings, first);
    return latest;
  }

  /**
   * Closes the gate after a pushback.
   *
   * @param ticket the attempt; null if it began while the gate was dormant
   * @param hint the delay that the provider asked for; negative if it asked for none
   * @param ownDelay the back-off of the call
   * @return the number of the closing, for {@link #isClosedBy}; 0 if the gate had been closed since
   *     the attempt began, or has let others pass that were accepted
   */
  int pushback(@Nullable Ticket ticket, long hint, long ownDelay, long now) {
    if (ticket != null) {
      pushedBack++;
      double seconds = (now - ticket.begunAt) / SECOND;
      refusalSeconds += (seconds - refusalSeconds) / 4;
    }
    boolean late = !dormant && (ticket == null || ticket.closings != closings);
    if (late) {
      if (hint > 0) {
        prolong(hint, now);
      }
      return 0;
    }
    boolean first = ticket == null || ticket.isFirst;
    if (dormant) {
      dormant = false;
      startMeasuring(now);
      closedUntil = now;
    } else {
      measure(now);
    }
    boolean noneAccepted = first && (ticket == null || lastClosedNanos > 0);
    long closing = hint == NO_HINT ? ownDelay : hint;
    if (first && lastClosedNanos > 0) {
      closing = Math.max(closing, Math.min(2 * lastClosedNanos, MAX_DOUBLED_NANOS));
    }
    closedUntil = Math.max(closedUntil, now + closing);
    lastClosedNanos = first ? closing : 0; // others have been accepted since the gate opened
    onClosed(closing);
    return noneAccepted ? closings : 0;
  }

  /** Returns whether an attempt is the only one that has begun since the gate was last closed. */
  final boolean isOnlyAttempt(@Nullable Ticket ticket) {
    return ticket != null && isLatest(ticket) && ticket.isFirst && ticket.closings == closings;
  }

  /** Lets the next pushback close the gate for no longer than its hint or back-off. */
  final void resetDoubling() {
    lastClosedNanos = 0;
  }

  /** The gate has been closed for some time, by a pushback. */
  final void onClosed(long nanos) {
    meanClosedSeconds += (nanos / SECOND - meanClosedSeconds) / 4;
    closings++;
    opened = false;
  }

  /** Leaves the dormant state. */
  final void wake() {
    dormant = false;
  }

  /**
   * An attempt has succeeded: the provider does not refuse everything. If it was the first after a
   * closing, the gate is open, unless a pause has been asked for since that attempt began.
   *
   * @return whether the gate is open
   */
  boolean succeeded(Ticket ticket, long now) {
    lastClosedNanos = 0;
    boolean opens = ticket.isFirst && ticket.closings == closings && ticket.begunAt > prolongedAt;
    if (opens && closedUntil - now > 0) {
      closedUntil = now;
    }
    return opens;
  }

  /** Keeps attempts from beginning for some time. */
  void pause(long nanos, long now) {
    if (dormant) {
      dormant = false;
      startMeasuring(now);
      closedUntil = now;
      closings++;
      opened = false;
    }
    prolong(nanos, now);
  }

  private void prolong(long nanos, long now) {
    if (now + nanos > closedUntil) {
      closedUntil = now + nanos;
      onProlonged(now);
    }
  }

  /** The gate is closed for longer than before, though not by another closing. */
  final void onProlonged(long now) {
    prolongedAt = now;
  }

  /**
   * Becomes dormant if there has been no pushback for long; returns whether the gate is dormant.
   */
  boolean tryRest(long now) {
    if (!dormant && now - closedUntil > SPANS_UNTIL_DORMANT * spanSeconds() * SECOND) {
      dormant = true;
      resetDoubling();
    }
    return dormant;
  }

  /** Forgets everything. */
  void reset() {
    dormant = true;
    latest = null;
    rate = 0;
    prolongedAt = Long.MIN_VALUE;
    lastClosedNanos = 0;
    meanClosedSeconds = 0;
    refusalSeconds = 0;
  }

  /**
   * Returns the time that so many turns take. A process that goes on without its fleet starts with
   * a part of the first rate that grows during the interval, so the rate is integrated.
   */
  final long nanosOfTurns(double turns, long now) {
    double perSecond = rateAt(now);
    double growth = Math.log(2) * pace().growth();
    boolean grows = divisor > 1 && growth > 0;
    double seconds = grows ? Math.log1p(turns * growth / perSecond) / growth : turns / perSecond;
    return (long) (seconds * SECOND);
  }

  final double rateAt(long now) {
    return pace().perSecond((now - closedUntil) / SECOND);
  }

  /** Returns the rate of turns from the opening on. */
  final Pace pace() {
    if (rate == 0) {
      return new Pace(FIRST_RATE / divisor, 1 / Math.max(DOUBLING_SECONDS, 2 * refusalSeconds), 0);
    }
    return new Pace(START * rate, 0, rate / Math.pow(spanSeconds(), 3));
  }

  /** The time in which the rate doubles if nothing is pushed back. */
  private double spanSeconds() {
    double span = Math.max(MIN_SPAN_SECONDS, 20 * meanClosedSeconds);
    if (rate > 0) {
      span = Math.max(span, 30 / Math.sqrt(rate));
    }
    return Math.min(span, MAX_SPAN_SECONDS);
  }

  final void startMeasuring(long now) {
    measuredSince = now;
    begun = 0;
    pushedBack = 0;
    unused = 0;
  }

  /** Measures the rate when the gate closes. */
  void measure(long now) {
    measure(now, rateAt(now));
  }

  /**
   * Measures the rate.
   *
   * @param current the rate at which attempts began when the gate was closed
   */
  final void measure(long now, double current) {
    long time = now - measuredSince;
    double accepted = begun - pushedBack;
    if (time < MIN_MEASURED_NANOS || accepted < 1) {
      return;
    }
    double measured = accepted * SECOND / time;
    if (rate == 0) {
      rate = Math.max(measured, Math.min(current / 2, 4 * measured));
    } else if (unused > UNUSED_SHARE * time) {
      double upper = accepted * SECOND / Math.max(1, time - unused);
      rate = Math.max(measured, Math.min(rate, upper));
    } else {
      // A refusal above the measured rate is close to the limit; below it, the rate was too high.
      double trust = current < rate ? 1 : accepted / (accepted + 100);
      double goal = current + trust * (measured - current);
      rate += accepted / (accepted + 8) * (goal - rate);
    }
    startMeasuring(now);
  }
}
