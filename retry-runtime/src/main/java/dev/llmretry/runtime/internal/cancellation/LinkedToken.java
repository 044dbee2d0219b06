package dev.llmretry.runtime.internal.cancellation;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import org.jspecify.annotations.Nullable;

/** A token that is cancelled as soon as one of two tokens is. */
public final class LinkedToken implements CancellationToken {

  private final CancellationToken first;
  private final CancellationToken second;

  private LinkedToken(CancellationToken first, CancellationToken second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Returns a token that combines both, and never throws. Null and {@link CancellationToken#none}
   * are ignored.
   */
  public static CancellationToken of(CancellationToken first, @Nullable CancellationToken second) {
    if (second == null || second == CancellationToken.none() || second == first) {
      return SafeToken.of(first);
    }
    return first == CancellationToken.none()
        ? SafeToken.of(second)
        : new LinkedToken(SafeToken.of(first), SafeToken.of(second));
  }

  @Override
  public boolean isCancelled() {
    return first.isCancelled() || second.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    var once = new RunOnce(action);
    Registration one = first.onCancel(once);
    Registration other = second.onCancel(once);
    return () -> {
      once.close();
      one.close();
      other.close();
    };
  }
}
