package dev.llmretry.testing;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
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
 * {@linkplain #manual manual} clock changes only when {@link #advance} is called, and threads that
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

  private final boolean auto;
  private final Instant start;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
  private final List<Duration> waits = new ArrayList<>();
  private long now;
  private long eventCount;
  private int sleeping;

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

  /** {@return a clock that advances only by {@link #advance}, and starts in the year 2030} */
  public static VirtualBackoffClock manual() {
    return manual(DEFAULT_START);
  }

  /**
   * {@return a clock that advances only by {@link #advance}, and starts at {@code start}}
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
      waits.add(Duration.ofNanos(Math.max(0, nanos)));
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
    Registration wakeUp = token.onCancel(this::wakeSleepers);
    lock.lock();
    try {
      long end = plus(now, nanos);
      sleeping++;
      changed.signalAll();
      try {
        while (now < end && !token.isCancelled()) {
          changed.await();
        }
      } finally {
        sleeping--;
      }
    } finally {
      lock.unlock();
      wakeUp.close();
    }
  }

  private void wakeSleepers() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Registration schedule(long nanos, Runnable action) {
    lock.lock();
    try {
      Event event = new Event(plus(now, Math.max(0, nanos)), eventCount++, action);
      events.add(event);
      return () -> unschedule(event);
    } finally {
      lock.unlock();
    }
  }

  private void unschedule(Event event) {
    lock.lock();
    try {
      events.remove(event);
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
   * Advances the clock from one scheduled action to the next until {@code condition} is true. For
   * asynchronous calls:
   *
   * <pre>{@code
   * CompletableFuture<Answer> answer = client.ask(question);
   * clock.advanceUntil(answer::isDone);
   * }</pre>
   *
   * <p>Their later attempts must be made by this thread: set the executor {@code Runnable::run} in
   * the runtime. If another thread makes them, there may be no scheduled action until it has done
   * so.
   *
   * @param condition checked before the first and after each scheduled action
   * @throws IllegalStateException if {@code condition} is false and no action is scheduled
   */
  public void advanceUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (!runNext(Long.MAX_VALUE, false)) {
        throw new IllegalStateException("No action is scheduled, and the condition is false");
      }
    }
  }

  /**
   * Advances to the next event and runs it; if there is none until {@code end}, advances to {@code
   * end}.
   */
  private boolean runNext(long end) {
    return runNext(end, true);
  }

  private boolean runNext(long end, boolean thereAnyway) {
    Event event = next(end, thereAnyway);
    if (event == null) {
      return false;
    }
    event.action().run();
    return true;
  }

  private @Nullable Event next(long end, boolean thereAnyway) {
    lock.lock();
    try {
      Event event = events.peek();
      boolean due = event != null && event.time() <= end;
      if (due || thereAnyway) {
        now = Math.max(now, due ? event.time() : end);
      }
      changed.signalAll();
      return due ? events.poll() : null;
    } finally {
      lock.unlock();
    }
  }

  /** {@return all delays that threads have started, in order, at their full length} */
  public List<Duration> waits() {
    lock.lock();
    try {
      return List.copyOf(waits);
    } finally {
      lock.unlock();
    }
  }

  /** {@return the number of actions that are scheduled and have neither run nor been cancelled} */
  public int scheduledCount() {
    lock.lock();
    try {
      return events.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Blocks until at least {@code threads} threads sleep on this clock, for tests that {@link
   * #advance} it from another thread.
   *
   * @param threads the number of threads
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void awaitSleeping(int threads) throws InterruptedException {
    lock.lock();
    try {
      while (sleeping < threads) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static long plus(long time, long nanos) {
    return nanos > Long.MAX_VALUE - time ? Long.MAX_VALUE : time + nanos;
  }

  private record Event(long time, long order, Runnable action) {}
}
