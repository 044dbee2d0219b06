package dev.llmretry.runtime.internal.execution;

import org.jspecify.annotations.Nullable;

/**
 * Runs the later attempts of a call one after another, even if its executor runs tasks on the
 * calling thread, so that the stack does not grow with the number of retries.
 */
public final class Trampoline {

  /**
   * The innermost call whose attempts the current thread is making; removed when the outermost
   * ends.
   */
  private static final ThreadLocal<Trampoline> CURRENT = new ThreadLocal<>();

  private final Object call;
  private @Nullable Runnable next;

  private Trampoline(Object call) {
    this.call = call;
  }

  /**
   * Runs an attempt at once, or after the attempt of the same call that is running on this thread.
   */
  public static void run(Object call, Runnable attempt) {
    Trampoline outer = CURRENT.get();
    if (outer != null && outer.call == call) {
      outer.next = attempt;
      return;
    }
    var attempts = new Trampoline(call);
    CURRENT.set(attempts);
    try {
      attempts.runAll(attempt);
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  private void runAll(Runnable first) {
    for (Runnable attempt = first; attempt != null; attempt = next) {
      next = null;
      attempt.run();
    }
  }
}
