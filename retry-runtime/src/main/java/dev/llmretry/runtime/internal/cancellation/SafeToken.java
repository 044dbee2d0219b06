package dev.llmretry.runtime.internal.cancellation;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.Closeables;
import dev.llmretry.runtime.internal.util.Log;
import org.jspecify.annotations.Nullable;

/** Wraps a token that may throw: the exception is logged, and the token counts as not cancelled. */
public final class SafeToken implements CancellationToken {

  private static final String FAILED = "A cancellation token failed; it counts as not cancelled";

  private final CancellationToken token;

  private SafeToken(CancellationToken token) {
    this.token = token;
  }

  /** Returns a token that does not throw: {@code token} itself if it is implemented here. */
  static CancellationToken of(CancellationToken token) {
    boolean ours = token instanceof SourceToken || token == CancellationToken.none();
    return ours ? token : new SafeToken(token);
  }

  /** Returns whether a token is cancelled. */
  public static boolean isCancelled(@Nullable CancellationToken token) {
    try {
      return token != null && token.isCancelled();
    } catch (Throwable e) {
      Log.warning(FAILED, e);
      return false;
    }
  }

  @Override
  public boolean isCancelled() {
    return isCancelled(token);
  }

  @Override
  public Registration onCancel(Runnable action) {
    try {
      Registration registration = token.onCancel(action);
      return () -> Closeables.closeLogging(registration, Closeables.REGISTRATION);
    } catch (Throwable e) {
      Log.warning(FAILED, e);
      return CancellationToken.none().onCancel(action);
    }
  }
}
