package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.Closing;
import dev.llmretry.runtime.internal.Log;

/**
 * A token of somebody else's making. Where it fails, that is logged, and the call goes on as if it
 * were not cancelled.
 */
record GuardedToken(CancellationToken token) implements CancellationToken {

  private static final String FAILED = "A cancellation token failed; it counts as not cancelled";

  /** Returns {@code token} itself if it is one of ours. */
  static CancellationToken of(CancellationToken token) {
    boolean ours = token instanceof CancellationSource.Token || token == CancellationToken.none();
    return ours ? token : new GuardedToken(token);
  }

  @Override
  public boolean isCancelled() {
    return isCancelled(token);
  }

  /** Returns whether a token of anybody's making is cancelled. */
  static boolean isCancelled(CancellationToken token) {
    try {
      return token.isCancelled();
    } catch (Throwable e) {
      Log.warning(FAILED, e);
      return false;
    }
  }

  @Override
  public Registration onCancel(Runnable action) {
    try {
      Registration registration = token.onCancel(action);
      return () -> Closing.logged(registration, "A token failed to take back a registration");
    } catch (Throwable e) {
      Log.warning(FAILED, e);
      return CancellationToken.none().onCancel(action);
    }
  }
}
