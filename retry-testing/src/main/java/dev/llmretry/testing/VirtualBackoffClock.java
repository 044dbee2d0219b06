package dev.llmretry.testing;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.testing.internal.EventQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock for tests: delays take no time, and those of threads are recorded. Safe for use by
 * several threads.
 *
 * <p>An {@linkplain #autoAdvancing auto-advancing} clock advances when a thread sleeps, so that a
 * test on one thread need not advance it. Actions that are scheduled in between run on that thread,
 * in order. Asynchronous calls set timers, which {@link #advance} and {@link #advanceUntil} run. A
 * {@linkplain #manual manual} clock changes only when one of these is called, and threads that
 * sleep on it block until then.
 *
 * <pre>{@code
 * VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
 * var client = new RetryingChatClient(fake, RetryRuntime.builder().clock(clock).build());
 * client.complete(request);
 * assertEquals(List.of(Duration.ofMillis(100)), clock.waits());
 * }</pre>
 */
public final class VirtualBackoffClock implements BackoffClock {

  private static final Instant DEFAULT_START = Instant.parse("2030-01-01T00:00:00Z");

  /** How long {@link #advanceUntil} waits for other threads. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A condition that another thread makes true without using the clock is not signalled. */
  private static final long POLL_NANOS = 1_000_000;

  private final boolean auto;
  private final Instant start;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final EventQueue actions = new EventQueue();

  /** The ends of sleeps, and the threads that sleep: one event each. */
  private final EventQueue alarms = new EventQueue();

  private final Set<Sleeper> sleepers = new HashSet<>();

  private final Deque<Duration> waits = new ArrayDeque<>();
  private int keptWaits = Integer.MAX_VALUE;
  private long now;

  private VirtualBackoffClock(boolean auto, Instant start) {
    this.auto = auto;
    this.start = start;
  }

  /** {@return a clock that advances when a thread sleeps, and starts in the year 2030} */
  public static VirtualBackoffClock autoAdvancing() {
    return autoAdvancing(DEFAULT_START);
  }

  /**
   * {@return a clock that advances when a thread sleeps, and starts at {@code start}}
   *
   * @param start the initial wall time
   */
  public static VirtualBackoffClock autoAdvancing(Instant start) {
    return new VirtualBackoffClock(true, start);
  }

  /**
   * {@return a clock that advances only by {@link #advance} or {@link #advanceUntil}, and starts in
   * the year 2030}
   */
  public static VirtualBackoffClock manual() {
    return manual(DEFAULT_START);
  }

  /**
   * {@return a clock that advances only by {@link #advance} or {@link #advanceUntil}, and starts at
   * {@code start}}
   *
   * @param start the initial wall time
   */
  public static VirtualBackoffClock manual(Instant start) {
    return new VirtualBackoffClock(false, start);
  }

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime());
  }

  @Override
  public void sleep(long nanos, CancellationToken token) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (token.isCancelled()) {
      return;
    }
    lock.lock();
    try {
      waits.addLast(Duration.ofNanos(Math.max(0, nanos)));
      dropOldWaits();
    } finally {
      lock.unlock();
    }
    if (nanos <= 0) {
      return;
    }
    if (auto) {
      sleepByAdvancing(nanos, token);
    } else {
      sleepUntilAdvanced(nanos, token);
    }
  }

  private void sleepByAdvancing(long nanos, CancellationToken token) throws InterruptedException {
    long end = plus(nanoTime(), nanos);
    while (runNext(end)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (token.isCancelled()) {
        return;
      }
    }
  }

  private void sleepUntilAdvanced(long nanos, CancellationToken token) throws InterruptedException {
    Sleeper sleeper = new Sleeper();
    Registration onCancel = token.onCancel(() -> wake(sleeper));
    boolean elapsed;
    try {
      begin(sleeper, nanos);
      elapsed = sleeper.await();
    } finally {
      wake(sleeper);
      onCancel.close();
    }
    if (!elapsed && Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void begin(Sleeper sleeper, long nanos) {
    lock.lock();
    try {
      sleeper.begin(plus(now, nanos));
    } finally {
      lock.unlock();
    }
  }

  private void wake(Sleeper sleeper) {
    lock.lock();
    try {
      sleeper.wake();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    lock.lock();
    try {
      EventQueue.Event event = actions.add(plus(now, Math.max(0, nanos)), action);
      changed.signalAll();
      return () -> unschedule(event);
    } finally {
      lock.unlock();
    }
  }

  private void unschedule(EventQueue.Event event) {
    lock.lock();
    try {
      actions.remove(event);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Advances the clock. Scheduled actions that become due run on this thread, in order and each at
   * its time; threads whose delay has elapsed continue.
   *
   * @param time the time to advance by; zero or more
   * @throws IllegalArgumentException if {@code time} is negative
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time is negative: " + time);
    }
    long end = plus(nanoTime(), time.toNanos());
    boolean more = true;
    while (more) {
      more = runNext(end);
    }
  }

  /**
   * Advances the clock from one scheduled action, or end of a thread's sleep, to the next until
   * {@code condition} is true. For asynchronous calls:
   *
   * <pre>{@code
   * CompletableFuture<Answer> answer = client.ask(question);
   * clock.advanceUntil(answer::isDone);
   * }</pre>
   *
   * <p>If there is nothing to advance to, another thread may be making an attempt or completing the
   * call: this method waits until it has done so, for at most ten seconds of real time.
   *
   * <p>The clock cannot know that another thread is busy: with an attempt time-out or a deadline,
   * there is always an action to advance to, and the limit would pass at once. In such a test, let
   * attempts be made and completed by this thread (set the executor {@code Runnable::run} in the
   * runtime), or use {@link #awaitScheduled} and {@link #advance}.
   *
   * @param condition checked before the first and after each scheduled action
   * @throws IllegalStateException if nothing is scheduled and {@code condition} remains false, or
   *     if the thread is interrupted while it waits; its interrupt flag is set then
   */
  public void advanceUntil(BooleanSupplier condition) {
    advanceUntil(condition, PATIENCE);
  }

  /**
   * Advances the clock as {@link #advanceUntil(BooleanSupplier)} does, but waits for other threads
   * for at most {@code patience}.
   *
   * @param condition checked before the first and after each scheduled action
   * @param patience the real time for which nothing need be scheduled; zero if no other thread is
   *     involved
   * @throws IllegalStateException if nothing is scheduled and {@code condition} remains false, or
   *     if the thread is interrupted while it waits; its interrupt flag is set then
   */
  public void advanceUntil(BooleanSupplier condition, Duration patience) {
    long idleSince = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (runNext(Long.MAX_VALUE, false)) {
        idleSince = System.nanoTime();
      } else if (System.nanoTime() - idleSince >= patience.toNanos()) {
        throw new IllegalStateException("No action is scheduled, and the condition is false");
      } else {
        awaitEvent();
      }
    }
  }

  private void awaitEvent() {
    lock.lock();
    try {
      long left = POLL_NANOS;
      while (actions.size() + alarms.size() == 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted before the condition was true", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Advances to the next event and runs it; if there is none until {@code end}, advances to {@code
   * end}.
   */
  private boolean runNext(long end) {
    return runNext(end, true);
  }

  private boolean runNext(long end, boolean advanceAnyway) {
    EventQueue.Event action = null;
    boolean due;
    lock.lock();
    try {
      long next = Math.min(actions.nextTime(), alarms.nextTime());
      due = next <= end && actions.size() + alarms.size() > 0;
      if (due || advanceAnyway) {
        now = Math.max(now, due ? next : end);
      }
      if (due) {
        wakeSleepers();
        action = actions.poll(now);
      }
    } finally {
      lock.unlock();
    }
    if (action != null) {
      action.run();
    }
    return due;
  }

  private void wakeSleepers() {
    EventQueue.Event alarm = alarms.poll(now);
    while (alarm != null) {
      alarm.run();
      alarm = alarms.poll(now);
    }
  }

  /**
   * {@return the delays that threads have started, in order, at their full length} All of them,
   * unless {@link #keepWaits} limits their number.
   */
  public List<Duration> waits() {
    lock.lock();
    try {
      return List.copyOf(waits);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Limits the number of delays that {@link #waits} returns, for tests with so many that they would
   * fill the memory. By default there is no limit.
   *
   * @param latest the number of delays to keep, of which older ones are dropped; zero for none
   * @return this clock
   * @throws IllegalArgumentException if {@code latest} is negative
   */
  public VirtualBackoffClock keepWaits(int latest) {
    if (latest < 0) {
      throw new IllegalArgumentException("latest is negative: " + latest);
    }
    lock.lock();
    try {
      keptWaits = latest;
      dropOldWaits();
    } finally {
      lock.unlock();
    }
    return this;
  }

  private void dropOldWaits() {
    while (waits.size() > keptWaits) {
      waits.removeFirst();
    }
  }

  /** {@return the number of actions that are scheduled and have neither run nor been cancelled} */
  public int scheduledCount() {
    lock.lock();
    try {
      return actions.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks, without a time limit, until at least {@code count} actions are scheduled, for tests
   * that {@link #advance} the clock while other threads make or complete the attempts of
   * asynchronous calls. An action counts until it begins to run or is cancelled.
   *
   * <p>A delay is one action; so is each attempt with a time-out, for as long as it is in flight,
   * and each call with a deadline.
   *
   * @param count the number of actions
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void awaitScheduled(int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (actions.size() < count) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks, without a time limit, until at least {@code threads} threads sleep on this clock, for
   * tests that {@link #advance} it from another thread. A thread counts until its delay has
   * elapsed, or it is cancelled or interrupted.
   *
   * <pre>{@code
   * clock.awaitSleeping(1);
   * clock.advance(Duration.ofMillis(100));
   * clock.awaitSleeping(1); // for the next delay
   * clock.advance(Duration.ofMillis(200));
   * }</pre>
   *
   * @param threads the number of threads
   * @throws IllegalStateException if this clock is auto-advancing: no thread blocks on it
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void awaitSleeping(int threads) throws InterruptedException {
    if (auto) {
      throw new IllegalStateException(
          "No thread sleeps on an auto-advancing clock; use VirtualBackoffClock.manual()");
    }
    lock.lockInterruptibly();
    try {
      while (sleepers.size() < threads || sleeping() < threads) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** An interrupted thread remains among the sleepers until it runs. */
  private long sleeping() {
    return sleepers.stream().filter(sleeper -> !sleeper.isInterrupted()).count();
  }

  private static long plus(long time, long nanos) {
    return nanos > Long.MAX_VALUE - time ? Long.MAX_VALUE : time + nanos;
  }

  /** A thread that sleeps on a manual clock. Guarded by the lock, except for {@link #await}. */
  private final class Sleeper {

    private final Thread thread = Thread.currentThread();
    private EventQueue.@Nullable Event alarm;
    private volatile boolean woken;
    private volatile boolean interrupted;

    void begin(long end) {
      if (!woken) {
        alarm = alarms.add(end, this::wake);
        sleepers.add(this);
        changed.signalAll();
      }
    }

    /**
     * Parks instead of awaiting a condition, which would clear the interrupt flag before it has the
     * lock again: until then, the thread would count as sleeping.
     *
     * @return whether it was woken, and not interrupted
     */
    boolean await() {
      while (!woken) {
        if (thread.isInterrupted()) {
          interrupted = true;
          return false;
        }
        LockSupport.park(this);
      }
      return true;
    }

    void wake() {
      woken = true;
      sleepers.remove(this);
      if (alarm != null) {
        alarms.remove(alarm);
      }
      LockSupport.unpark(thread);
    }

    /**
     * The flag is read first: the thread sets the field before it locks, and to wait for a lock
     * clears the flag.
     */
    boolean isInterrupted() {
      return thread.isInterrupted() || interrupted;
    }
  }
}
