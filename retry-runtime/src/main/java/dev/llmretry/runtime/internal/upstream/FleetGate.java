package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.runtime.upstream.Pace;
import dev.llmretry.runtime.upstream.StoreField;
import dev.llmretry.runtime.upstream.StoreReply;
import dev.llmretry.runtime.upstream.StoreRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate of processes that share an upstream through a store. The state of {@link RateGate} is a
 * copy of the one in the store, as of the last reply or message. Turns come from the store, up to
 * two with one request; the rules of the gate are applied here, to what the store has counted.
 *
 * <p>A pushback closes this gate at once. Then the state is read, the rate measured, and the state
 * replaced, unless another process has done so in the meantime. Each change voids the turns that
 * were given out before it.
 *
 * <p>While the store does not answer, the gate is {@code detached}: it goes on like that of a
 * single process, with its share of the rate. Not thread-safe.
 */
final class FleetGate extends RateGate {

  /** How long the store may take to reply. */
  static final long LIMIT_NANOS = 50_000_000L;

  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long REFRESH_NANOS = 10_000_000_000L;
  private static final long LIFETIME_OF_TURN_NANOS = 1_000_000_000L;
  private static final int MAX_TURNS = 2;
  private static final long UNKNOWN = -1;
  private static final double ROUNDING = 1e-3;

  private final Deque<Long> turns = new ArrayDeque<>(MAX_TURNS);

  /** Whether the first of the turns is the first since the gate was closed. */
  private boolean firstTurn;

  private long version;
  private double closingsInStore;
  private long closedUntilInStore;

  /** When to ask for turns. */
  private long askFrom;

  private int members = 1;
  private boolean detached;

  /** Whether the store has to be changed: by this gate, since the last request. */
  private boolean changed;

  /** Whether that is because of a pushback, at {@link #rateAtClosing}. */
  private boolean closing;

  private double rateAtClosing;

  /** Whether the call that was pushed back needs the first turn. */
  private boolean probing;

  private boolean resetting;

  /** Whether the state was read after the last request. */
  private boolean fresh;

  // To be reported with the next request.
  private int begunWithoutTurn;
  private int refused;
  private int succeeded;

  private int requests;

  private boolean inFlight;
  private boolean isWrite;

  private int closingsInSync;
  private long sentAt = -REFRESH_NANOS;

  FleetGate(DoubleSupplier random) {
    super(random);
  }

  @Override
  int members() {
    return members;
  }

  /** Returns whether the store has not answered lately. */
  boolean isDetached() {
    return detached;
  }

  /** Returns the number of the last request, for {@link #onReply}. */
  int requests() {
    return requests;
  }

  private boolean isLocal() {
    return detached || isDormant();
  }

  @Override
  long delay(long now) {
    if (isLocal()) {
      return super.delay(now);
    }
    while (!turns.isEmpty() && isVoid(turns.peek(), now)) {
      turns.remove();
      firstTurn = false;
    }
    long closed = closedFor(now);
    if (!turns.isEmpty()) {
      return Math.max(closed, turns.peek() - now);
    }
    // At least 1: it is nobody's turn.
    return Math.max(1, (inFlight ? sentAt + LIMIT_NANOS : askFrom) - now);
  }

  private boolean isVoid(long turn, long now) {
    return turn - closedUntil < -LIMIT_NANOS || now - turn > LIFETIME_OF_TURN_NANOS;
  }

  @Override
  Ticket begin(long now) {
    if (isLocal()) {
      return super.begin(now);
    }
    boolean first = firstTurn;
    if (turns.poll() == null) {
      begunWithoutTurn++;
      first = !opened;
    }
    firstTurn = false;
    opened = true;
    latest = new Ticket(now, closings, first);
    return latest;
  }

  @Override
  int pushback(@Nullable Ticket ticket, long hint, long ownDelay, long now) {
    double current = isDormant() ? 0 : rateAt(now);
    int before = closings;
    int pushback = super.pushback(ticket, hint, ownDelay, now);
    if (detached) {
      changed |= hint > 0;
      // The requests of other processes may be the reason.
      return divisor > 1 ? 0 : pushback;
    }
    refused += ticket == null ? 0 : 1;
    if (closings != before) {
      rateAtClosing = current;
      closing = true;
      probing = true;
      change(now);
    } else if (closedUntil - closedUntilInStore > LIMIT_NANOS) {
      change(now);
    }
    return pushback;
  }

  /** Measures later, with what the store has counted. */
  @Override
  void measure(long now) {
    if (detached) {
      super.measure(now);
    }
  }

  @Override
  boolean succeeded(Ticket ticket, long now) {
    succeeded = lastClosedNanos > 0 ? 1 : succeeded;
    boolean opens = super.succeeded(ticket, now);
    if (opens && !detached && closedUntilInStore - now > LIMIT_NANOS) {
      change(now);
    }
    return opens;
  }

  @Override
  void pause(long nanos, long now) {
    if (isDormant()) {
      closing = true;
      rateAtClosing = 0;
    }
    super.pause(nanos, now);
    change(now);
  }

  @Override
  void reset() {
    super.reset();
    resetting = true;
    changed = true;
    turns.clear();
  }

  private void change(long now) {
    changed = true;
    dropTurns(now);
  }

  /**
   * Drops the turns, and asks for others shortly before the gate opens: at random, as those who ask
   * last wait longest.
   */
  private void dropTurns(long now) {
    turns.clear();
    firstTurn = false;
    long closed = closedFor(now);
    askFrom = now + closed - (long) (random.getAsDouble() * Math.min(LIMIT_NANOS, closed));
  }

  /**
   * Returns what to ask of the store now, or null for nothing.
   *
   * @param awake whether anything is limited, if only by a budget
   * @param waiting how many calls wait for their turn
   */
  @Nullable StoreRequest request(boolean awake, int waiting, long now) {
    boolean known = fresh;
    fresh = false;
    if (inFlight || !(awake || changed || requests == 0)) {
      return null;
    }
    if (detached) {
      return now - sentAt < RETRY_NANOS ? null : send(0, null, now);
    }
    Map<StoreField, Double> change = changed && known ? state(now) : null;
    int wanted = 0;
    if (change != null && probing) {
      wanted = 1; // of the call that was pushed back
    }
    if (!isDormant() && changed == (change != null) && now - askFrom >= 0) {
      Long last = turns.peekLast();
      if (last == null || (turns.size() < MAX_TURNS && last - now <= LIMIT_NANOS)) {
        wanted = Math.max(wanted, Math.min(MAX_TURNS, waiting - turns.size()));
      }
    }
    boolean reports = begunWithoutTurn + refused + succeeded > 0;
    if (!changed && wanted == 0 && !reports && now - sentAt < REFRESH_NANOS) {
      return null;
    }
    return send(wanted, change, now);
  }

  private StoreRequest send(int wanted, @Nullable Map<StoreField, Double> change, long now) {
    var request =
        new StoreRequest(version, begunWithoutTurn, refused, succeeded, wanted, pace(), change);
    begunWithoutTurn = 0;
    refused = 0;
    succeeded = 0;
    isWrite = change != null;
    if (isWrite) {
      changed = false;
      closing = false;
      probing = false;
      resetting = false;
      closingsInSync = closings;
      closedUntilInStore = closedUntil;
    }
    inFlight = true;
    sentAt = now;
    requests++;
    return request;
  }

  /** Returns the state that is to replace the one in the store. */
  private Map<StoreField, Double> state(long now) {
    double count = closings == closingsInSync ? closingsInStore : closingsInStore + 1;
    double closed = closedUntil - now;
    double interval = opened ? SECOND / rateAt(now) : 0;
    var state = new EnumMap<StoreField, Double>(StoreField.class);
    state.put(StoreField.CLOSED_UNTIL, closed);
    state.put(StoreField.PAUSED_UNTIL, (double) (pausedUntil - now));
    state.put(StoreField.NEXT_TURN, Math.max(0, closed) + interval);
    state.put(StoreField.MEASURED_SINCE, (double) (measuredSince - now));
    state.put(StoreField.CLOSINGS, resetting ? 0 : Math.max(1, count));
    state.put(StoreField.RATE, rate);
    state.put(StoreField.LAST_CLOSING, (double) lastClosedNanos);
    state.put(StoreField.BEGUN, (double) begun);
    state.put(StoreField.REFUSED, (double) pushedBack);
    state.put(StoreField.SUCCEEDED, 0.0);
    state.put(StoreField.UNUSED, (double) unused);
    state.put(StoreField.OPENED, opened ? 1.0 : 0.0);
    return state;
  }

  /** Goes on without the store if a reply is overdue that calls wait for. */
  void checkOverdue(long now) {
    if (inFlight && !isDormant() && now - sentAt > LIMIT_NANOS) {
      detach(now);
    }
  }

  private void detach(long now) {
    changed |= isWriting(); // the store may not have taken it
    inFlight = false;
    dropTurns(now);
    if (detached) {
      return;
    }
    detached = true;
    version = UNKNOWN;
    closing = false;
    probing = false;
    divisor = members;
    rate /= divisor;
    opened = closedFor(now) == 0;
    // The processes of the fleet should not all begin at the same time.
    nextTurn = now + nanosOfTurns(random.getAsDouble(), now);
    startMeasuring(now);
  }

  /** Returns whether the store is being changed, so that it may have the new state or not. */
  private boolean isWriting() {
    return inFlight && isWrite;
  }

  /** Returns whether the reply to a request is not late. */
  boolean isAwaited(int number) {
    return number == requests && inFlight;
  }

  /**
   * Takes a reply into account, unless it is late.
   *
   * @param number the number of the request
   * @param reply the reply; null if the request has failed
   */
  void onReply(int number, @Nullable StoreReply reply, long now) {
    if (!isAwaited(number)) {
      return;
    }
    checkOverdue(now);
    if (reply == null) {
      detach(now);
    }
    if (reply == null || !inFlight) {
      return;
    }
    inFlight = false;
    detached = false;
    fresh = true;
    members = Math.max(1, reply.members());
    if (isWrite && reply.changed()) {
      version = reply.version();
      closingsInStore = reply.get(StoreField.CLOSINGS);
    } else {
      changed |= isWrite;
    }
    if (reply.version() == 0) {
      onForgotten(now);
    } else if (reply.version() == version) {
      refresh(reply, now);
    } else {
      adopt(reply, now);
    }
    if (!changed && !isDormant() && !reply.turns().isEmpty()) {
      firstTurn = turns.isEmpty() && reply.get(StoreField.OPENED) == reply.turns().size();
      reply.turns().forEach(turn -> turns.add(now + turn));
      opened &= !firstTurn;
    }
  }

  /** Another process has changed the state, or may have. */
  void onPublished(StoreReply reply, long now) {
    if (reply.version() == 0 || reply.version() <= version) {
      return;
    }
    members = Math.max(1, reply.members());
    adopt(reply, now);
    if (detached) {
      version = UNKNOWN;
      rate /= members;
      divisor = members;
    }
  }

  /** The store has no state, or not any more. */
  private void onForgotten(long now) {
    version = 0;
    closingsInStore = 0;
    closedUntilInStore = closedUntil;
    rate *= divisor;
    divisor = 1;
    dropTurns(now);
    changed |= !isDormant();
  }

  /** Takes over what the store has counted. */
  private void refresh(StoreReply state, long now) {
    if (closing && rateAtClosing == 0) {
      closing = false; // it was dormant, and nothing was counted
      return;
    }
    begun = Math.max(0, Math.round(state.get(StoreField.BEGUN) - turnsAhead(state)));
    pushedBack = (long) state.get(StoreField.REFUSED);
    unused = (long) state.get(StoreField.UNUSED);
    measuredSince = now + (long) state.get(StoreField.MEASURED_SINCE);
    if (closing) {
      measure(now, rateAtClosing);
      closing = false;
    } else if (!changed) {
      lastClosedNanos = state.get(StoreField.SUCCEEDED) > 0 ? 0 : lastClosedNanos;
      opened |= state.get(StoreField.OPENED) > 0 && !firstTurn;
    }
  }

  /** Returns how many of the turns that were given out are yet to come, by Simpson's rule. */
  private double turnsAhead(StoreReply state) {
    double opened = state.get(StoreField.CLOSED_UNTIL);
    double from = Math.max(0, -opened) / SECOND;
    double to = (state.get(StoreField.NEXT_TURN) - opened) / SECOND;
    Pace pace = pace();
    double sum = pace.perSecond(from) + 4 * pace.perSecond((from + to) / 2) + pace.perSecond(to);
    return Math.floor(Math.max(0, to - from) * sum / 6 + ROUNDING);
  }

  /** Takes over the state of another process; what this gate has not written yet may prolong it. */
  private void adopt(StoreReply reply, long now) {
    boolean wasDormant = isDormant();
    boolean unknownThere = changed || isWriting() || reply.version() < version;
    boolean prolongs = unknownThere && !resetting && !wasDormant;
    long closedHere = closedUntil;
    long pausedHere = pausedUntil;
    double count = reply.get(StoreField.CLOSINGS);
    boolean isNew = count != closingsInStore || version == UNKNOWN || wasDormant;
    version = reply.version();
    closingsInStore = count;
    closing = false;
    probing = false;
    resetting = false;
    changed = false;
    divisor = 1;
    turns.clear();
    if (count == 0) {
      super.reset();
      return;
    }
    wake();
    closedUntil = now + (long) reply.get(StoreField.CLOSED_UNTIL);
    closedUntilInStore = closedUntil;
    pausedUntil = now + (long) reply.get(StoreField.PAUSED_UNTIL);
    rate = reply.get(StoreField.RATE);
    lastClosedNanos = (long) reply.get(StoreField.LAST_CLOSING);
    if (isNew) {
      onClosed(closedFor(now));
      opened = false;
    } else if (closedUntil - closedHere > LIMIT_NANOS) {
      onProlonged(now);
    }
    closingsInSync = closings;
    refresh(reply, now);
    if (prolongs && closedHere - closedUntil > LIMIT_NANOS) {
      closedUntil = closedHere;
      pausedUntil = Math.max(pausedUntil, pausedHere);
      changed = true;
    }
    dropTurns(now);
    if (wasDormant) {
      tryRest(now);
    }
  }
}
