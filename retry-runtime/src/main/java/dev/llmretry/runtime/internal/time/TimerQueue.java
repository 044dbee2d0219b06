package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.Log;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Runs actions at their times, on one thread. A binary heap whose entries store their index:
 * removal is O(log n) without a search. An entry is its own registration; no further object is
 * allocated. It needs a third of the memory of the JDK's scheduled executor, which matters if a
 * million calls wait.
 */
final class TimerQueue {

  private final Function<Runnable, Thread> threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private Entry[] heap = new Entry[64];
  private int size;
  private boolean started;

  /** Creates a queue that starts its thread when the first action is scheduled. */
  TimerQueue(Function<Runnable, Thread> threads) {
    this.threads = threads;
  }

  /** Schedules {@code action} for a time of {@link System#nanoTime}. */
  Registration schedule(long time, Runnable action) {
    var entry = new Entry(this, time, action);
    lock.lock();
    try {
      if (!started) {
        threads.apply(this::runForever).start();
        started = true;
      }
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size + (size >> 1));
      }
      siftUp(size++, entry);
      if (entry.index == 0) {
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
    return entry;
  }

  private void runForever() {
    while (true) {
      try {
        Runnable action = next();
        action.run();
      } catch (Throwable e) {
        Log.warning("A scheduled action failed", e);
      }
    }
  }

  /** Waits for the next action to become due, and removes it. */
  private Runnable next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (size == 0) {
          earlier.await();
          continue;
        }
        Entry first = heap[0];
        long left = first.time - System.nanoTime();
        if (left <= 0) {
          Runnable action = first.action;
          remove(first);
          return action;
        }
        earlier.await(left, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private void remove(Entry entry) {
    int index = entry.index;
    if (index == Entry.GONE) {
      return;
    }
    entry.index = Entry.GONE;
    entry.action = TimerQueue::nothing;
    Entry moved = heap[--size];
    heap[size] = null;
    if (moved != entry) {
      siftDown(index, moved);
      if (heap[index] == moved) {
        siftUp(index, moved);
      }
    }
  }

  private static void nothing() {}

  private void siftUp(int start, Entry entry) {
    int index = start;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      if (!entry.isBefore(heap[parent])) {
        break;
      }
      put(index, heap[parent]);
      index = parent;
    }
    put(index, entry);
  }

  private void siftDown(int start, Entry entry) {
    int index = start;
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(entry)) {
        break;
      }
      put(index, heap[child]);
      index = child;
    }
    put(index, entry);
  }

  private void put(int index, Entry entry) {
    heap[index] = entry;
    entry.index = index;
  }

  /** An action and its time. Fields that are not final are guarded by the queue's lock. */
  private static final class Entry implements Registration {

    static final int GONE = -1;

    private final TimerQueue queue;
    private final long time;
    private Runnable action;
    private int index;

    Entry(TimerQueue queue, long time, Runnable action) {
      this.queue = queue;
      this.time = time;
      this.action = action;
    }

    /**
     * Times of {@link System#nanoTime} are compared by their difference, since they may overflow.
     */
    boolean isBefore(Entry other) {
      return time - other.time < 0;
    }

    @Override
    public void close() {
      queue.lock.lock();
      try {
        queue.remove(this);
      } finally {
        queue.lock.unlock();
      }
    }
  }
}
