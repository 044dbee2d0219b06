package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.Log;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes actions to an executor at their times. A binary heap whose entries store their index:
 * removal is O(log n) without a search. An entry is its own registration; no further object is
 * allocated. It needs a third of the memory of the JDK's scheduled executor, which matters if a
 * million calls wait.
 *
 * <p>One thread waits for the times. It ends when nothing has been scheduled for a while, and is
 * started again when it is needed, since a thread keeps the class loader of this class alive.
 *
 * <p>Callers may have little stack left. An error in the middle of a change would leave the heap
 * inconsistent, and one in {@code unlock} a lock held for ever. So the lock is a monitor, which the
 * JVM releases, and the heap is changed by methods that call no others.
 */
final class TimerQueue {

  /** The time without a timer after which the thread ends, and how often it checks that. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Function<Runnable, Thread> threads;
  private final Executor executor;
  private Entry[] heap = new Entry[64];
  private int size;

  /** The thread that waits for the first action; null if it has ended, or was never started. */
  private @Nullable Thread timer;

  /** When that thread wakes up by itself, a time of {@link System#nanoTime}. */
  private long wakeTime;

  /** Whether anything was scheduled since that thread last checked. */
  private boolean used;

  /** When that thread last noticed a timer, a time of {@link System#nanoTime}. */
  private long lastUse;

  /**
   * Creates a queue that starts its thread when an action is scheduled.
   *
   * @param threads creates the thread
   * @param executor receives the actions that are due, on that thread; must not block
   */
  TimerQueue(Function<Runnable, Thread> threads, Executor executor) {
    this.threads = threads;
    this.executor = executor;
  }

  /** Schedules {@code action} for a time of {@link System#nanoTime}. */
  Registration schedule(long time, Runnable action) {
    var entry = new Entry(this, time, action);
    synchronized (this) {
      used = true;
      if (timer == null) {
        startTimer();
      }
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size + (size >> 1));
      }
      insert(entry);
      if (time - wakeTime < 0) {
        LockSupport.unpark(timer);
        wakeTime = time;
      }
    }
    return entry;
  }

  /** If this fails after the thread was started, that ends at once, as it is not the timer. */
  private void startTimer() {
    Thread started = threads.apply(this::run);
    started.start();
    timer = started;
  }

  private void run() {
    try {
      for (long left = runDue(); left > 0; left = runDue()) {
        LockSupport.parkNanos(this, left);
        Thread.interrupted(); // otherwise the next wait would end at once
      }
    } catch (Throwable e) { // such as a class that cannot be loaded: the next timer starts a thread
      onThreadEnded();
      throw e;
    }
  }

  private synchronized void onThreadEnded() {
    if (timer == Thread.currentThread()) {
      timer = null;
    }
  }

  /**
   * Passes the actions that are due to the executor.
   *
   * @return the time to wait, in nanoseconds; 0 if the thread is not needed any more
   */
  private long runDue() {
    while (true) {
      Runnable due;
      synchronized (this) {
        long now = System.nanoTime();
        if (used || size > 0) {
          used = false;
          lastUse = now;
        }
        long left = size > 0 ? heap[0].time - now : lastUse + IDLE_NANOS - now;
        if (timer != Thread.currentThread()) {
          return 0;
        }
        if (size == 0 && left <= 0) {
          timer = null;
          return 0;
        }
        if (left > 0) {
          left = Math.min(left, IDLE_NANOS);
          wakeTime = now + left;
          return left;
        }
        due = Objects.requireNonNull(heap[0].action);
        remove(heap[0]);
      }
      execute(due);
    }
  }

  private void execute(Runnable due) {
    try {
      executor.execute(due);
    } catch (Throwable e) {
      Log.warning("A scheduled action failed", e);
    }
  }

  /** Changes the heap without a call of another method: see the comment on the class. */
  private void insert(Entry entry) {
    int index = size++;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      Entry above = heap[parent];
      if (entry.time - above.time >= 0) {
        break;
      }
      heap[index] = above;
      above.index = index;
      index = parent;
    }
    heap[index] = entry;
    entry.index = index;
  }

  /** Changes the heap without a call of another method: see the comment on the class. */
  private void remove(Entry entry) {
    int index = entry.index;
    if (index == Entry.GONE) {
      return;
    }
    entry.index = Entry.GONE;
    entry.action = null;
    Entry moved = heap[--size];
    heap[size] = null;
    if (moved == entry) {
      return;
    }
    for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
      if (child + 1 < size && heap[child + 1].time - heap[child].time < 0) {
        child++;
      }
      Entry below = heap[child];
      if (below.time - moved.time >= 0) {
        break;
      }
      heap[index] = below;
      below.index = index;
      index = child;
    }
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      Entry above = heap[parent];
      if (moved.time - above.time >= 0) {
        break;
      }
      heap[index] = above;
      above.index = index;
      index = parent;
    }
    heap[index] = moved;
    moved.index = index;
  }

  /**
   * An action and its time. Times of {@link System#nanoTime} are compared by their difference,
   * since they may overflow. Fields that are not final are guarded by the queue's monitor.
   */
  private static final class Entry implements Registration {

    static final int GONE = -1;

    private final TimerQueue queue;
    private final long time;
    private @Nullable Runnable action;
    private int index;

    Entry(TimerQueue queue, long time, Runnable action) {
      this.queue = queue;
      this.time = time;
      this.action = action;
    }

    @Override
    public void close() {
      synchronized (queue) {
        queue.remove(this);
      }
    }
  }
}
