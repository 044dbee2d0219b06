package dev.llmretry.runtime.internal.upstream;

import static java.util.Objects.requireNonNull;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.UpstreamState;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.internal.jfr.RetryRecorder;
import dev.llmretry.runtime.internal.time.Durations;
import dev.llmretry.runtime.internal.time.Stopwatch;
import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.runtime.upstream.UpstreamStore;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of an upstream. While nothing limits attempts it is dormant, which {@link #isDormant}
 * returns with one read; everything else is guarded by a lock.
 *
 * <p>A retry, except after a rate limit, first needs tokens of its method's {@link RetryBudget}.
 * Then, like any attempt, it needs a turn at the {@link RateGate}, where calls that were pushed
 * back come before others.
 */
public sealed class SharedUpstream extends Upstream permits RoutedUpstream {

  /** Each call is retried alone. */
  public static final SharedUpstream NONE = new SharedUpstream("none", false, false);

  /** Stands for an upstream of the delegate, where there is one. */
  public static final SharedUpstream PER_DELEGATE =
      new SharedUpstream("one for each delegate", false, false);

  /** Is never dormant; not used by calls. */
  public static final SharedUpstream AWAKE = awake();

  /** How long a call waits for its turns. */
  public static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(5);

  private static final double MAX_QUEUE_NANOS = 300e9;
  private static final int MAX_HELD = 200;
  private static final long MAX_HELD_NANOS = 30_000_000_000L;

  /** How long a call waits for a closed route before it looks for another. */
  private static final long MAX_HELD_BY_ROUTE_NANOS = 1_000_000_000L;

  private static final VarHandle DORMANT;

  static {
    try {
      DORMANT =
          MethodHandles.lookup().findVarHandle(SharedUpstream.class, "dormant", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The number of upstreams of classes that are not dormant. */
  private static final AtomicInteger AWAKE_CLASSES = new AtomicInteger();

  private final String name;
  private final boolean isTracking;
  private final boolean isOfClass;
  private final long maxWaitNanos;
  private final int maxWaiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingCalls waiting;
  private final Budgets budgets = new Budgets(this);

  /** By methods whose calls begin here. Not guarded by the lock. */
  private final Map<String, HedgeBudget> hedges = new ConcurrentHashMap<>();

  private RateGate gate = new RateGate(() -> ThreadLocalRandom.current().nextDouble());
  private volatile @Nullable BackoffClock clock;

  /** Null if the gate is not shared with other processes. */
  private @Nullable StoreLink store;

  /** Read without the lock; written with it. */
  @SuppressWarnings("FieldMayBeFinal") // written by the VarHandle
  private boolean dormant = true;

  private @Nullable Waiter leader;
  private long leaderUntil;

  /** What {@link RateGate#closedUntil} was when the lock was last released. */
  private long recordedUntil = Long.MIN_VALUE;

  /** What {@link RateGate#pausedUntil} was when the gate was last closed. */
  private long pausedUntilAtClosing;

  /**
   * Not kept alive, as its class may belong to an application that is undeployed; the call that was
   * pushed back does so while it waits.
   */
  private WeakReference<@Nullable Throwable> latestPushback = new WeakReference<>(null);

  /** Null before the first runtime uses this upstream. */
  private @Nullable Stopwatch stopwatch;

  /**
   * Creates an upstream.
   *
   * @param name for logs and error messages
   * @param maxWait how long a call waits for its turns, in all its attempts together
   * @param maxWaiting how many calls may wait for their turn; null for any number, with a warning
   *     if they block many threads
   */
  public SharedUpstream(String name, Duration maxWait, @Nullable Integer maxWaiting) {
    this.name = name;
    this.isTracking = true;
    this.isOfClass = false;
    this.maxWaitNanos = Durations.toNanos(maxWait);
    this.maxWaiting = maxWaiting == null ? Integer.MAX_VALUE : maxWaiting;
    this.waiting = new WaitingCalls(this, maxWaiting == null);
  }

  SharedUpstream(String name, boolean isTracking, boolean isOfClass) {
    this.name = name;
    this.isTracking = isTracking;
    this.isOfClass = isOfClass;
    this.maxWaitNanos = Durations.toNanos(DEFAULT_MAX_WAIT);
    this.maxWaiting = Integer.MAX_VALUE;
    this.waiting = new WaitingCalls(this, true);
  }

  private static SharedUpstream awake() {
    var upstream = new SharedUpstream("awake", false, false);
    upstream.dormant = false;
    return upstream;
  }

  /** {@return a new upstream of a class, to be counted by {@link #areClassesDormant}} */
  static SharedUpstream ofClass(String name) {
    return new SharedUpstream(name, true, true);
  }

  /** {@return whether all upstreams of classes are dormant, as {@link #isDormant} tells} */
  public static boolean areClassesDormant() {
    return AWAKE_CLASSES.getOpaque() == 0;
  }

  @Override
  public final String name() {
    return name;
  }

  /** {@return the upstream of the first attempts of calls} */
  public SharedUpstream first() {
    return this;
  }

  /** {@return whether calls share anything} If not, the upstream remains dormant. */
  public boolean isTracking() {
    return isTracking;
  }

  /** {@return whether attempts may begin without being admitted} */
  public boolean isDormant() {
    return (boolean) DORMANT.getOpaque(this);
  }

  /**
   * Uses a clock, for all times of this upstream.
   *
   * @param source the clock of a runtime
   * @param random the random numbers of that runtime
   * @throws IllegalArgumentException if the upstream uses another clock already
   */
  public void use(BackoffClock source, DoubleSupplier random) {
    if (!isTracking || clock == source) {
      return;
    }
    lock.lock();
    try {
      if (clock == null) {
        clock = source;
        stopwatch = new Stopwatch(source);
        gate = store == null ? new RateGate(random) : store.createGate(random);
      } else if (clock != source) {
        throw new IllegalArgumentException(
            this + " is used by a runtime with another clock: its times cannot be compared");
      }
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  /**
   * Shares the state with other processes. To be called before this upstream is used.
   *
   * @param shared the store through which it is shared
   */
  public void join(UpstreamStore shared) {
    store = new StoreLink(this, shared);
  }

  /** {@return the clock by which calls wait} */
  BackoffClock clock() {
    return requireNonNull(clock, "not used by a runtime");
  }

  /** The outcome of {@link #enter}. */
  public enum Admission {
    /** The attempt may begin. */
    ADMITTED,
    /** The waiter has been enqueued, and will be notified. */
    WAITING,
    /** The attempt may not begin: see {@link Waiter#refusal}. */
    REFUSED
  }

  /**
   * Lets a call begin an attempt, if it need not wait.
   *
   * @param call the call, whose latest attempt was here if there was one
   * @return whether it may begin
   */
  public boolean tryEnter(Candidate call) {
    lock.lock();
    try {
      long now = now();
      tryRest(now);
      return refusal(call, now) == null && tryAdmit(call, now);
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  /**
   * Asks to begin an attempt.
   *
   * @param waiter not enqueued; notified only if it has to wait
   * @return the outcome
   */
  public Admission enter(Waiter waiter) {
    waiter.ask(this);
    List<Waiter> done = new ArrayList<>(1);
    Admission outcome;
    lock.lock();
    try {
      long now = now();
      tryRest(now);
      outcome = enter(waiter, now, done);
      done.remove(waiter);
    } finally {
      unlockAndNotify(done, waiter);
    }
    return outcome;
  }

  private Admission enter(Waiter waiter, long now, List<Waiter> done) {
    Candidate call = waiter.call;
    waiter.refusal = refusal(call, now);
    if (waiter.refusal != null) {
      return Admission.REFUSED;
    }
    if (tryAdmit(call, now)) {
      return Admission.ADMITTED;
    }
    Budget budget = budgets.of(call);
    if (budget == null || budget.isFree(now)) {
      waiter.ofRoute = budget == null ? null : budget.take(now);
      waitForTurn(waiter, now);
    } else if (waiting.held() < MAX_HELD
        && (call.isRouted() || call.lastFailureKind() != FailureKind.TIMEOUT)) {
      long limit = call.isRouted() ? MAX_HELD_BY_ROUTE_NANOS : MAX_HELD_NANOS;
      waiting.add(waiter, budget.held, limit, now);
    } else {
      waiter.refusal = GiveUpReason.BUDGET_EXHAUSTED;
    }
    admitDue(now, done);
    if (waiter.queue != null) {
      return Admission.WAITING;
    }
    return waiter.refusal == null ? Admission.ADMITTED : Admission.REFUSED;
  }

  /** Admits a call that need not wait; does nothing else. */
  private boolean tryAdmit(Candidate call, long now) {
    if (isProbe(call, now)) {
      admit(call, gate.begin(now), now);
      return true;
    }
    Budget budget = budgets.of(call);
    boolean isFree = budget == null || budget.isFree(now);
    if (!isFree || !(hasTurn(now) || keepsOwnPace(call, now))) {
      return false;
    }
    Ticket ofRoute = budget == null ? null : budget.take(now);
    admit(call, gate.isDormant() ? ofRoute : gate.begin(now), now);
    return true;
  }

  /** Returns whether it is the turn of a call that asks now. */
  private boolean hasTurn(long now) {
    return waiting.forTurns() == 0 && (gate.isDormant() || gate.delay(now) == 0);
  }

  /**
   * Lets a call with several routes begin an attempt here, which may have been elsewhere before, if
   * it need not wait.
   *
   * @param call the call
   * @return whether it may begin
   */
  public boolean tryEnterRoute(Candidate call) {
    if (isDormant()) {
      call.onAdmitted(null);
      return true;
    }
    lock.lock();
    try {
      long now = now();
      tryRest(now);
      boolean isOpen = delayOfRoute(now) == 0;
      if (isOpen) {
        RouteBreaker route = budgets.ofRoute();
        Ticket ofRoute = route == null ? null : route.take(now);
        call.onAdmitted(gate.isDormant() ? ofRoute : gate.begin(now));
      }
      return isOpen;
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  /** {@return whether an attempt could begin at this moment} */
  public boolean isOpen() {
    return isDormant() || delayNanos() == 0;
  }

  /**
   * Lets a hedge begin, if nothing limits attempts at this moment and its method has hedges left.
   *
   * @param method the name of the method
   * @param payer has what the method has left: the upstream where its calls begin
   * @return whether it may begin; if it is not made, call {@link #giveBackHedge}
   */
  public boolean tryHedge(String method, SharedUpstream payer) {
    if (!isTracking) {
      return true;
    }
    lock.lock();
    try {
      tryRest(now());
      return gate.isDormant()
          && waiting.forTurns() == 0
          && budgets.areUnlimited(method)
          && payer
              .hedges
              .computeIfAbsent(method, key -> new HedgeBudget())
              .tryTake(budgets.members());
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  /**
   * Gives back the cost of a hedge that was not made.
   *
   * @param method the name of the method
   */
  public void giveBackHedge(String method) {
    HedgeBudget budget = hedges.get(method);
    if (budget != null) {
      budget.giveBack();
    }
  }

  /**
   * Counts the success of a call that may be hedged, other than by its hedge. Takes no lock.
   *
   * @param method the name of the method
   */
  public void payForHedges(String method) {
    HedgeBudget budget = hedges.get(method);
    if (budget != null) {
      budget.succeeded();
    }
  }

  /** {@return for how long an attempt would have to wait at least, in nanoseconds} */
  public long delayNanos() {
    lock.lock();
    try {
      return delayOfRoute(now());
    } finally {
      lock.unlock();
    }
  }

  private long delayOfRoute(long now) {
    long turn = gate.isDormant() ? 0 : gate.delay(now);
    if (waiting.forTurns() > 0) {
      double queueNanos = waiting.forTurns() * 1e9 / gate.rate(now);
      turn += 1 + (long) Math.min(queueNanos, MAX_QUEUE_NANOS);
    }
    RouteBreaker route = budgets.ofRoute();
    if (route == null) {
      return turn;
    }
    long ofRoute = route.held.isEmpty() ? route.delay(now) : Math.max(1, route.delay(now));
    return Math.max(turn, ofRoute);
  }

  /**
   * An attempt of a call with several routes has failed: its route may close.
   *
   * @param closes whether it closes in any case
   * @return whether it has closed
   */
  public boolean routeFailed(boolean closes) {
    if (!isTracking) {
      return false;
    }
    lock.lock();
    try {
      return budgets.routeFailed(closes, now());
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  private void tryRest(long now) {
    if (waiting.forTurns() == 0) {
      gate.tryRest(now);
    }
  }

  /** Returns why an attempt certainly cannot begin in time, or null. */
  private @Nullable GiveUpReason refusal(Candidate call, long now) {
    long pause = gate.isDormant() ? 0 : Math.max(0, gate.pausedUntil - now);
    if (pause == 0) {
      return null;
    }
    if (pause > Durations.toNanos(call.policy().maxRetryAfter())) {
      return GiveUpReason.RETRY_AFTER_TOO_LONG;
    }
    return pause >= call.remainingNanos() ? GiveUpReason.DEADLINE : null;
  }

  /**
   * Returns whether a call is the one whose pushback has closed the gate. It tests after its own
   * delay whether the provider accepts attempts again, even if the gate stays closed for others.
   */
  private boolean isProbe(Candidate call, long now) {
    return call.lastClosing() != 0
        && gate.isClosedBy(call.lastClosing())
        && (gate.pausedUntil == pausedUntilAtClosing || gate.pausedUntil - now <= 0);
  }

  /**
   * Returns whether a call needs no turn while the gate is open, as it is alone: its delays are
   * exactly its own.
   */
  private boolean keepsOwnPace(Candidate call, long now) {
    return !gate.isDormant() && gate.closedFor(now) == 0 && isAlone(call.lastTicket());
  }

  /** Returns whether nobody else has begun an attempt since this one, or waits for a turn. */
  private boolean isAlone(@Nullable Ticket ticket) {
    return gate.members() == 1 && gate.isLatest(ticket) && waiting.forTurns() == 0;
  }

  private void waitForTurn(Waiter waiter, long now) {
    boolean first = waiter.call.wasPushedBack();
    Ticket ticket = waiter.call.lastTicket();
    boolean hasTested = first && ticket != null && ticket.isFirst; // while others took its place
    if (!hasTurn(now) && !hasTested && waiting.forTurns() >= maxWaiting) {
      waiter.refusal = GiveUpReason.HELD_BACK;
      return;
    }
    long limit = Math.max(0, maxWaitNanos - waiter.call.waitedForTurnsNanos());
    waiting.add(waiter, first ? waiting.pushedBack : waiting.arrived, limit, now);
  }

  /** Removes from the queues all who may begin, or have waited for too long. */
  private void admitDue(long now, List<Waiter> done) {
    if (waiting.held() > 0) {
      budgets.forEach(budget -> releaseHeld(budget, now, done));
    }
    while (waiting.forTurns() > 0 && (gate.isDormant() || gate.delay(now) == 0)) {
      Waiter admitted = waiting.nextTurn();
      waiting.remove(admitted, now);
      admit(admitted.call, gate.isDormant() ? admitted.ofRoute : gate.begin(now), now);
      done.add(admitted);
    }
    refuseExpired(waiting.pushedBack, now, done);
    refuseExpired(waiting.arrived, now, done);
  }

  private void admit(Candidate call, @Nullable Ticket ticket, long now) {
    budgets.onAttempt(call, now);
    call.onAdmitted(ticket);
  }

  private void releaseHeld(Budget budget, long now, List<Waiter> done) {
    Waiter head = budget.held.head();
    while (head != null && budget.delay(now) == 0) {
      waiting.remove(head, now);
      head.ofRoute = budget.take(now);
      waitForTurn(head, now);
      if (head.refusal != null) {
        done.add(head);
      }
      head = budget.held.head();
    }
    refuseExpired(budget.held, now, done);
  }

  private void refuseExpired(WaitQueue queue, long now, List<Waiter> done) {
    Waiter head = queue.head();
    while (head != null && head.expiresAt - now <= 0) {
      refuseExpired(head, now, done);
      head = queue.head();
    }
  }

  private void refuseExpired(Waiter waiter, long now, List<Waiter> done) {
    WaitCause cause = waiting.remove(waiter, now);
    if (waiter.hasDeadline) {
      waiter.refusal = GiveUpReason.DEADLINE;
    } else {
      waiter.refusal =
          cause == WaitCause.RATE_LIMIT ? GiveUpReason.HELD_BACK : GiveUpReason.BUDGET_EXHAUSTED;
    }
    done.add(waiter);
  }

  void advance(Waiter waiter) {
    List<Waiter> done = new ArrayList<>(2);
    lock.lock();
    try {
      long now = now();
      if (leader == waiter) {
        leader = null;
      }
      if (hasEnqueued(waiter) && waiter.expiresAt - now <= 0) {
        refuseExpired(waiter, now, done);
      }
      admitDue(now, done);
    } finally {
      unlockAndNotify(done, waiter);
    }
  }

  void leave(Waiter waiter) {
    lock.lock();
    if (!hasEnqueued(waiter)) {
      lock.unlock();
      return;
    }
    handle(removeAndUnlock(waiter));
  }

  private @Nullable Rejected removeAndUnlock(Waiter waiter) {
    List<Waiter> done = new ArrayList<>(1);
    Rejected next;
    try {
      long now = now();
      if (hasEnqueued(waiter)) {
        waiting.remove(waiter, now);
      }
      if (leader == waiter) {
        leader = null;
      }
      admitDue(now, done);
    } finally {
      next = unlock(done, null);
    }
    return next;
  }

  /** Ends calls whose timers the clock has rejected: one after another leads, and may be many. */
  private void handle(@Nullable Rejected first) {
    Rejected rejected = first;
    while (rejected != null) {
      lock.lock();
      Rejected next = removeAndUnlock(rejected.waiter);
      notify(rejected.waiter, rejected.rejection);
      rejected = next;
    }
  }

  /** Returns whether a waiter is in a queue of this upstream: it may have moved to another. */
  private boolean hasEnqueued(Waiter waiter) {
    WaitQueue queue = waiter.queue;
    return queue != null && queue.owner == this;
  }

  /**
   * Tells of a pushback.
   *
   * @param ticket the attempt; null if it began while the upstream was dormant
   * @param error the failure
   * @param hint the delay that the provider asked for; null for none
   * @param ownDelay the delay of the call before its next attempt
   * @return the number of the closing, for {@link Candidate#lastClosing}, if the attempt closed the
   *     gate and no other call waits: it counts as a retry; else 0
   */
  public int pushedBack(
      @Nullable Ticket ticket, Throwable error, @Nullable Duration hint, long ownDelay) {
    lock.lock();
    try {
      long now = now();
      latestPushback = new WeakReference<>(error);
      if (hint != null) {
        pauseUntil(now + Durations.toNanos(hint), now);
      }
      long hintNanos = hint == null ? RateGate.NO_HINT : Durations.toNanos(hint);
      boolean isAlone = isAlone(ticket);
      if (isAlone && gate.isOnlyAttempt(ticket)) {
        gate.resetDoubling(); // its own delays suffice
      }
      int closing = gate.pushback(ticket, hintNanos, ownDelay, now);
      if (waiting.forTurns() > 0) {
        closing = 0; // it tested the provider for all of them, and waits with them
      }
      if (closing == 0 && isAlone) {
        closing = gate.closings(); // other calls are not the reason
      }
      if (closing != 0) {
        pausedUntilAtClosing = gate.pausedUntil;
      }
      return closing;
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  private void pauseUntil(long end, long now) {
    boolean isPaused = !gate.isDormant() && gate.pausedUntil - now > 0;
    gate.pausedUntil = isPaused ? Math.max(gate.pausedUntil, end) : end;
  }

  /** {@return the failure with which the provider last pushed back, if it is still known} */
  public @Nullable Throwable latestPushback() {
    lock.lock();
    try {
      return gate.isDormant() ? null : latestPushback.get();
    } finally {
      lock.unlock();
    }
  }

  /** {@return the rest of the provider's pause in nanoseconds, or 0} */
  public long pausedForNanos() {
    lock.lock();
    try {
      return gate.isDormant() ? 0 : Math.max(0, gate.pausedUntil - now());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells of a success: of a result, or of the first content.
   *
   * @param method the name of the method
   * @param ticket the attempt; null if it began while the upstream was dormant
   * @param retried the failure after which the attempt was made; null if it was no retry
   */
  public void succeeded(String method, @Nullable Ticket ticket, @Nullable FailureKind retried) {
    List<Waiter> done = new ArrayList<>(2);
    lock.lock();
    try {
      long now = now();
      openGate(ticket, now);
      budgets.methodSucceeded(method, retried, now);
      admitDue(now, done);
    } finally {
      unlockAndNotify(done, null);
    }
  }

  /**
   * Tells of a success of a call with several routes.
   *
   * @param ticket the attempt; null if it began while the upstream was dormant
   * @return whether its route was closed, and has been opened
   */
  public boolean routeSucceeded(@Nullable Ticket ticket) {
    List<Waiter> done = new ArrayList<>(2);
    lock.lock();
    try {
      long now = now();
      openGate(ticket, now);
      boolean opened = budgets.routeSucceeded(ticket, now);
      admitDue(now, done);
      return opened;
    } finally {
      unlockAndNotify(done, null);
    }
  }

  /** Opens the gate if the attempt that has succeeded was the first after a closing. */
  private void openGate(@Nullable Ticket ticket, long now) {
    if (ticket != null && gate.succeeded(ticket, now)) {
      gate.pausedUntil = now;
    }
  }

  @Override
  public final void pushback(Duration pause) {
    if (pause.isNegative()) {
      throw new IllegalArgumentException("pause must not be negative: " + pause);
    }
    requireShared();
    lock.lock();
    try {
      if (clock == null) {
        throw new IllegalStateException(this + " is not used by a runtime yet");
      }
      long now = now();
      long nanos = Durations.toNanos(pause);
      pauseUntil(now + nanos, now);
      gate.pause(nanos, now);
    } finally {
      unlockAndNotify(List.of(), null);
    }
  }

  @Override
  public final void limits(long remaining, Duration reset) {
    if (remaining < 0) {
      throw new IllegalArgumentException("remaining must not be negative: " + remaining);
    }
    if (remaining == 0) {
      pushback(reset);
    }
  }

  @Override
  public final void reset() {
    requireShared();
    List<Waiter> done = new ArrayList<>();
    lock.lock();
    try {
      gate.reset();
      long now = now();
      gate.pausedUntil = now;
      budgets.forEach(
          budget -> {
            while (!budget.held.isEmpty()) {
              budget.reset();
              releaseHeld(budget, now, done);
            }
          });
      budgets.clear();
      hedges.clear();
      admitDue(now, done);
    } finally {
      unlockAndNotify(done, null);
    }
  }

  private void requireShared() {
    if (!isTracking) {
      throw new IllegalStateException("This stands for no particular upstream: " + name);
    }
  }

  @Override
  public final UpstreamState state() {
    lock.lock();
    try {
      long now = now();
      return new UpstreamState(
          Duration.ofNanos(gate.closedFor(now)),
          gate.rate(now),
          waiting.forTurns(),
          waiting.held(),
          budgets.lowestLevel());
    } finally {
      lock.unlock();
    }
  }

  /** Returns the time since the first use. */
  private long now() {
    long now = stopwatch == null ? 0 : stopwatch.elapsedNanos();
    if (store != null) {
      store.checkOverdue(now);
    }
    return now;
  }

  /**
   * Changes the state of the gate, and lets those begin whose turn has come.
   *
   * @param change receives {@link #now}
   */
  void update(Consumer<LongSupplier> change) {
    List<Waiter> done = new ArrayList<>(2);
    lock.lock();
    try {
      change.accept(this::now);
      admitDue(now(), done);
    } finally {
      unlockAndNotify(done, null);
    }
  }

  /**
   * Chooses who leads, releases the lock, and notifies those who leave the queue.
   *
   * @param done those who leave the queue
   * @param current the waiter that has entered, or whose timer was due; null for none
   */
  private void unlockAndNotify(List<Waiter> done, @Nullable Waiter current) {
    handle(unlock(done, current));
  }

  /** As {@link #unlockAndNotify}; returns the call that leads if the clock rejects its timer. */
  private @Nullable Rejected unlock(List<Waiter> done, @Nullable Waiter current) {
    Waiter leads = null;
    Waiter limited = null;
    long now = 0;
    long leadNanos = 0;
    long deadlineNanos = 0;
    boolean manyBlock = false;
    StoreLink.Exchange exchange = null;
    boolean gateChanged = false;
    Throwable clockFailure = null;
    try {
      boolean nothingLimits = gate.isDormant() && budgets.isEmpty() && waiting.forTurns() == 0;
      setDormant(nothingLimits);
      budgets.share(gate.members());
      if (store != null) {
        exchange = store.next(!nothingLimits, waiting.forTurns(), now());
      }
      gateChanged = gate.closedUntil() != recordedUntil;
      recordedUntil = gate.closedUntil();
      Waiter head = waiting.nextLeader(budgets);
      if (head == null) {
        leader = null;
      } else {
        now = now();
        manyBlock = waiting.shouldWarn(now);
        leadNanos = waiting.untilNextEvent(gate, budgets, now);
        if (leader != head || leaderUntil - now > leadNanos) {
          leader = head;
          leaderUntil = now + leadNanos;
          leads = head;
        }
        if (current != null && current != head && hasEnqueued(current) && current.hasDeadline) {
          limited = current;
          deadlineNanos = Math.max(0, current.expiresAt - now);
        }
      }
      clockFailure = stopwatch == null ? null : stopwatch.takeFailure();
    } finally {
      lock.unlock();
    }
    Stopwatch.logFailure(clockFailure);
    if (manyBlock) {
      warnOfBlockedThreads();
    }
    for (Waiter waiter : done) {
      notify(waiter, null);
    }
    if (limited != null) {
      handle(start(limited, deadlineNanos, now, false));
    }
    Rejected rejected = leads == null ? null : start(leads, leadNanos, now, true);
    if (gateChanged) {
      RetryRecorder.gateChanged(this);
    }
    if (exchange != null) {
      exchange.perform(); // last, as the reply may come at once
    }
    return rejected;
  }

  private static @Nullable Rejected start(Waiter waiter, long nanos, long now, boolean leads) {
    try {
      waiter.onTimer(nanos, now + nanos, leads);
      return null;
    } catch (Throwable e) {
      return new Rejected(waiter, e);
    }
  }

  private void warnOfBlockedThreads() {
    Log.warning(
        "50 threads or more have waited for "
            + this
            + " for 10 seconds. If they are a server's, limit how many may wait:"
            + " RetryRuntime.builder().upstream(Upstream.builder(\"name\").maxWaiting(50).build())");
  }

  /** Notifies a call that has left the queue; what goes wrong in one must not concern others. */
  private static void notify(Waiter waiter, @Nullable Throwable rejection) {
    try {
      if (rejection != null) {
        waiter.onRejected(rejection);
      } else {
        waiter.end();
      }
    } catch (Throwable e) {
      Log.warning("A call that waited for its upstream failed", e);
    }
  }

  private void setDormant(boolean nothingLimits) {
    if (nothingLimits != dormant) {
      DORMANT.setOpaque(this, nothingLimits);
      if (isOfClass) {
        AWAKE_CLASSES.getAndAdd(nothingLimits ? -1 : 1);
      }
    }
  }

  private record Rejected(Waiter waiter, Throwable rejection) {}
}
