package dev.llmretry.runtime.internal.time;

import dev.llmretry.runtime.internal.util.Log;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another on one thread as long as they are short. If tasks wait and none has
 * been started for 10 ms, the number of tasks that may run at once is doubled. Idle threads end.
 *
 * <p>While tasks wait, one more thread exists than tasks may run at once: it measures these 10 ms.
 */
final class ElasticExecutor implements Executor {

  /** The maximum number of threads. */
  static final int MAX_THREADS = 256;

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Function<Runnable, Thread> threads;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int threadCount;
  private int running;
  private int permitted = 1;

  /** When a task was last started, or was added while none was waiting. */
  private long progressNanos;

  /**
   * Creates an executor that starts its threads when they are needed.
   *
   * @param threads creates a thread
   */
  ElasticExecutor(Function<Runnable, Thread> threads) {
    this.threads = threads;
  }

  /** Runs {@code task} on another thread; on the calling one only if no thread can be started. */
  @Override
  public void execute(Runnable task) {
    if (!enqueue(task)) {
      run(task);
    }
  }

  private synchronized boolean enqueue(Runnable task) {
    if (waiting.isEmpty()) {
      progressNanos = System.nanoTime();
    }
    waiting.add(task);
    ensureSpareThread();
    if (threadCount == 0) {
      waiting.removeLast();
      return false;
    }
    return true;
  }

  private void startThread() {
    try {
      threads.apply(this::work).start();
      threadCount++;
    } catch (Throwable e) { // the other threads run the tasks
      Log.warning("A thread for timers could not be started", e);
    }
  }

  private void work() {
    for (Runnable task = first(); task != null; task = next()) {
      run(task);
    }
  }

  private synchronized @Nullable Runnable next() {
    running--;
    permitted = Math.max(1, Math.min(permitted, running + 1));
    return first();
  }

  /** Waits for a task and takes it; returns null if the thread has to end. */
  private synchronized @Nullable Runnable first() {
    long idleSince = System.nanoTime();
    while (waiting.isEmpty() || running >= permitted) {
      long now = System.nanoTime();
      long left;
      if (waiting.isEmpty()) {
        left = IDLE_NANOS - (now - idleSince);
        if (left <= 0) {
          threadCount--;
          return null;
        }
      } else {
        left = PATIENCE_NANOS - (now - progressNanos);
        if (left <= 0) {
          permitted = Math.min(2 * permitted, MAX_THREADS);
          progressNanos = now;
          continue;
        }
        idleSince = now;
      }
      try {
        wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      } catch (InterruptedException e) {
        // The actions may know these threads and interrupt them, but there is nothing to end.
      }
    }
    running++;
    progressNanos = System.nanoTime();
    Runnable task = waiting.remove();
    if (!waiting.isEmpty()) {
      ensureSpareThread();
    }
    return task;
  }

  /** Wakes or starts a thread that waits until it may run the next task. */
  private synchronized void ensureSpareThread() {
    if (running < threadCount) {
      notify();
    } else if (threadCount < MAX_THREADS) {
      startThread();
    }
  }

  /** Runs a task, then resets the interrupt flag and the context class loader of the thread. */
  private static void run(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    try {
      task.run();
    } catch (Throwable e) {
      warn(e);
    } finally {
      Thread.interrupted();
      thread.setContextClassLoader(loader);
    }
  }

  private static void warn(Throwable problem) {
    try {
      Log.warning("A scheduled action failed", problem);
    } catch (Throwable e) {
      // For example, the class of the log cannot be loaded any more.
    }
  }
}
