package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.internal.util.Throwables;
import org.jspecify.annotations.Nullable;

/**
 * Determines whether an attempt was cut off by its time-out while a nested call waited for its
 * upstream.
 *
 * <p>The error of such a call has a suppressed {@link HeldBackException}. Asynchronous attempts are
 * cancelled, and may not receive that error, so the thread that cancels one remembers the exception
 * until it has handled the time-out.
 */
public final class NestedWaits {

  private static final ThreadLocal<NestedWaits> CURRENT = new ThreadLocal<>();

  private @Nullable HeldBackException latest;

  private NestedWaits() {}

  /** Loads this class. */
  static void load() {}

  /**
   * Handles the time-out of an attempt.
   *
   * @param timeOut cancels the attempt, and decides whether to retry it
   */
  public static void handleTimeOut(Runnable timeOut) {
    NestedWaits outer = CURRENT.get();
    try {
      CURRENT.set(new NestedWaits());
    } catch (Throwable e) { // as when no memory is left: it counts as a time-out
      timeOut.run();
      return;
    }
    try {
      timeOut.run();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /**
   * Records that a call was cancelled while it waited for its upstream.
   *
   * @param end the terminal error of the call
   * @param heldBack describes the wait
   */
  static void record(Throwable end, HeldBackException heldBack) {
    end.addSuppressed(heldBack);
    NestedWaits current = CURRENT.get();
    if (current != null) {
      current.latest = heldBack;
    }
  }

  /** Returns what describes the wait that an attempt with this error was in, or null. */
  static @Nullable HeldBackException find(Throwable error) {
    NestedWaits current = CURRENT.get();
    if (current != null && current.latest != null) {
      return current.latest;
    }
    Throwable end = Throwables.find(error, each -> suppressedBy(each) != null);
    return end == null ? null : suppressedBy(end);
  }

  private static @Nullable HeldBackException suppressedBy(Throwable error) {
    for (Throwable each : error.getSuppressed()) {
      if (each instanceof HeldBackException heldBack) {
        return heldBack;
      }
    }
    return null;
  }
}
