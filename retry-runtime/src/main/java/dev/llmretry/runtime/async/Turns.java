package dev.llmretry.runtime.async;

import dev.llmretry.runtime.internal.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs actions in turn, in the order in which they come, on the threads that bring them; an action
 * that comes while another runs, by the same thread too, is run after it by whoever runs that. What
 * only such actions touch needs no further care.
 */
final class Turns {

  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> afterwards = new ConcurrentLinkedQueue<>();
  private final Consumer<Throwable> failed;
  private final AtomicInteger size = new AtomicInteger();

  /**
   * Makes turns.
   *
   * @param failed hears, in turn, what an action throws
   */
  Turns(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  void run(Runnable action) {
    queue.add(action);
    if (size.getAndIncrement() > 0) {
      return;
    }
    do {
      Runnable next = queue.remove();
      take(next);
    } while (size.decrementAndGet() > 0);
    for (Runnable next = afterwards.poll(); next != null; next = afterwards.poll()) {
      next.run();
    }
  }

  private void take(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      Log.warning("What retries a stream failed", e);
      try {
        failed.accept(e);
      } catch (Throwable again) {
        Log.warning("What retries a stream failed once more", again);
      }
    }
  }

  /**
   * Has the thread whose turn it is do what may bring many more actions, once its turns are over.
   */
  void afterwards(Runnable work) {
    afterwards.add(work);
  }
}
