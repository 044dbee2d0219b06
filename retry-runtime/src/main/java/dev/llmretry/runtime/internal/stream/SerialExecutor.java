package dev.llmretry.runtime.internal.stream;

import dev.llmretry.runtime.internal.util.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one at a time, on the threads that bring them. An action that arrives while another
 * runs, on the same thread too, is queued, and run by the thread that runs that one. State that
 * only such actions touch needs no other protection.
 *
 * <p>Actions that arrive often avoid the queue: {@link #tryEnter}, the action itself, {@link
 * #exit}. Or they leave what is to be done in a field of their own, and {@link #signal}.
 */
abstract class SerialExecutor {

  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

  /** How many signals have not been seen, the one of the running action included. */
  private final AtomicInteger pending = new AtomicInteger();

  /** The thread in the serial section: only that thread finds itself here. */
  private @Nullable Thread owner;

  /** Whether that thread has signalled itself, which needs no atomic update. */
  private boolean signalledByOwner;

  /** Does what a {@link #signal} asks for, within the serial section. */
  abstract void drain();

  /** Runs after each serial section, outside of it: for what may bring many more actions. */
  abstract void afterSection();

  /** Receives what an action throws, within the serial section. */
  abstract void onActionFailed(Throwable error);

  /** Runs {@code action}, or queues it. */
  final void execute(Runnable action) {
    if (tryEnter()) {
      run(action);
      exit();
    } else {
      queue.add(action);
      signal();
    }
  }

  /** Enters the serial section, unless another action is running. */
  final boolean tryEnter() {
    boolean entered = pending.compareAndSet(0, 1);
    if (entered) {
      owner = Thread.currentThread();
    }
    return entered;
  }

  /** Leaves the serial section, after all that has arrived meanwhile has been done. */
  final void exit() {
    int missed = 1;
    while (missed != 0) {
      while (signalledByOwner) {
        signalledByOwner = false;
        runQueue();
      }
      owner = null;
      missed = pending.addAndGet(-missed);
      if (missed != 0) {
        owner = Thread.currentThread();
        signalledByOwner = true;
      }
    }
    afterSection();
  }

  /** Has {@link #drain} run, by this thread or by the one that is in the serial section. */
  final void signal() {
    Thread current = Thread.currentThread();
    if (owner == current) {
      signalledByOwner = true;
    } else if (pending.getAndIncrement() == 0) {
      owner = current;
      signalledByOwner = true;
      exit();
    }
  }

  private void runQueue() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      run(next);
    }
    try {
      drain();
    } catch (Throwable e) {
      handleFailure(e);
    }
  }

  /** Runs an action, which must not keep those behind it from running. */
  final void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      handleFailure(e);
    }
  }

  final void handleFailure(Throwable failure) {
    Log.warning("Retrying a stream failed", failure);
    try {
      onActionFailed(failure);
    } catch (Throwable e) {
      Log.warning("Ending a stream that could not be retried failed", e);
    }
  }
}
