package dev.llmretry.runtime.internal.cancellation;

import java.util.ArrayDeque;

/**
 * Limits how deeply cancellations nest on a thread: an action may cancel another token, as that of
 * a child, whose actions may cancel others, and the chain may be longer than the stack is deep. The
 * actions of a token beyond the limit run before the outermost cancellation returns.
 */
final class CancellationNesting {

  private static final int MAX_DEPTH = 64;

  /** Removed when the outermost cancellation ends. */
  private static final ThreadLocal<CancellationNesting> CURRENT = new ThreadLocal<>();

  private final ArrayDeque<SourceToken> deferred = new ArrayDeque<>();
  private int depth;

  private CancellationNesting() {}

  /** Runs the actions of a token that has been cancelled by this thread. */
  static void run(SourceToken token) {
    CancellationNesting outer = CURRENT.get();
    if (outer != null) {
      outer.runNested(token);
      return;
    }
    var outermost = new CancellationNesting();
    CURRENT.set(outermost);
    try {
      outermost.runAll(token);
    } finally {
      CURRENT.remove();
    }
  }

  private void runAll(SourceToken first) {
    for (SourceToken token = first; token != null; token = deferred.poll()) {
      token.runActions();
    }
  }

  private void runNested(SourceToken token) {
    if (depth == MAX_DEPTH) {
      deferred.add(token);
      return;
    }
    depth++;
    try {
      token.runActions();
    } finally {
      depth--;
    }
  }
}
