package dev.llmretry.runtime;

import org.jspecify.annotations.Nullable;

/** Cancelled as soon as one of two tokens is. */
record EitherToken(CancellationToken first, CancellationToken second) implements CancellationToken {

  /** Returns a token for both, where null and {@link CancellationToken#none} count for nothing. */
  static CancellationToken of(CancellationToken first, @Nullable CancellationToken second) {
    if (second == null || second == CancellationToken.none() || second == first) {
      return GuardedToken.of(first);
    }
    return first == CancellationToken.none()
        ? GuardedToken.of(second)
        : new EitherToken(GuardedToken.of(first), GuardedToken.of(second));
  }

  @Override
  public boolean isCancelled() {
    return first.isCancelled() || second.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    var once = new OnceRunnable(action);
    Registration one = first.onCancel(once);
    Registration other = second.onCancel(once);
    return () -> {
      once.close();
      one.close();
      other.close();
    };
  }
}
