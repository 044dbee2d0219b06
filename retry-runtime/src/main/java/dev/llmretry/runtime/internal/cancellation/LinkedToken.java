package dev.llmretry.runtime.internal.cancellation;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import org.jspecify.annotations.Nullable;

/** Cancelled as soon as one of two tokens is. */
public final class LinkedToken implements CancellationToken {

  private final CancellationToken first;
  private final CancellationToken second;

  private LinkedToken(CancellationToken first, CancellationToken second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Returns a token for both, which never throws. Null and {@link CancellationToken#none} are left
   * out.
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
