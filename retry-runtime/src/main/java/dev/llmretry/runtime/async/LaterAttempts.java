package dev.llmretry.runtime.async;

import org.jspecify.annotations.Nullable;

/**
 * Runs the later attempts of a call: where its executor runs each within the one before, one after
 * another all the same, so that the stack does not grow with the retries.
 */
final class LaterAttempts {

  /** The call whose attempts this thread is making, the innermost; removed when that ends. */
  private static final ThreadLocal<LaterAttempts> CURRENT = new ThreadLocal<>();

  private final Object call;
  private @Nullable Runnable next;

  private LaterAttempts(Object call) {
    this.call = call;
  }

  /** Runs an attempt of {@code call}, at the latest when the one that this is within has begun. */
  static void run(Object call, Runnable attempt) {
    LaterAttempts outer = CURRENT.get();
    if (outer != null && outer.call == call) {
      outer.next = attempt;
      return;
    }
    var attempts = new LaterAttempts(call);
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
