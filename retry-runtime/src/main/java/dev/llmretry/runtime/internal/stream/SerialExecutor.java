package dev.llmretry.runtime.internal.stream;

import dev.llmretry.runtime.internal.util.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions one at a time, on the threads that submit them. An action that is submitted while
 * another runs, even by the same thread, is queued and run by the thread in the serial section.
 * State that is accessed only by actions needs no other synchronization.
 *
 * <p>Frequent actions avoid the queue by calling {@link #tryEnter}, the action itself, and {@link
 * #exit}, or by setting a field and calling {@link #signal}.
 */
abstract class SerialExecutor {

  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

  /** The number of signals that have not been handled, including that of the running action. */
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * The thread in the serial section. Not volatile: only the owner itself can read its own thread
   * here.
   */
  private @Nullable Thread owner;

  /** Whether the owner has signalled itself, which needs no atomic update. */
  private boolean signalledByOwner;

  /** Handles a {@link #signal}, within the serial section. */
  abstract void drain();

  /** Runs after each serial section, outside of it, for code that may submit many actions. */
  abstract void afterSection();

  /** Receives the exception of an action, within the serial section. */
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

  /** Leaves the serial section, after handling everything that was submitted meanwhile. */
  final void exit() {
    int missed = 1;
    while (missed != 0) {
      while (signalledByOwner) {
        signalledByOwner = false;
        handleSignal();
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

  /** Runs {@link #drain}, on this thread or on the one in the serial section. */
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

  /** Runs what has been queued so far. To be called in the serial section. */
  final void runQueued() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      run(next);
    }
  }

  private void handleSignal() {
    runQueued();
    try {
      drain();
    } catch (Throwable e) {
      handleFailure(e);
    }
  }

  /** Runs an action; its exceptions do not prevent later actions. */
  final void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      handleFailure(e);
    }
  }

  /** Must not throw: the serial section has to be left. */
  final void handleFailure(Throwable failure) {
    warn("Retrying a stream failed", failure);
    try {
      onActionFailed(failure);
    } catch (Throwable e) {
      warn("Ending a stream that could not be retried failed", e);
    }
  }

  private static void warn(String message, Throwable problem) {
    try {
      Log.warning(message, problem);
    } catch (Throwable e) {
      // For example, the class of the log cannot be loaded any more. The call must end
      // nevertheless.
    }
  }
}
