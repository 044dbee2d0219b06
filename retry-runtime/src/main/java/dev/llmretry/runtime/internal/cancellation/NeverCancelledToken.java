package dev.llmretry.runtime.internal.cancellation;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;

/** A token that is never cancelled. */
public enum NeverCancelledToken implements CancellationToken {
  /** The only instance. */
  INSTANCE;

  private static final Registration NOTHING = () -> {};

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Registration onCancel(Runnable action) {
    return NOTHING;
  }
}
