package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An exception that knows its kind. */
@SuppressWarnings("serial")
class KnownError extends RuntimeException implements LlmFailure {

  private final FailureKind kind;
  private final @Nullable Duration retryAfter;

  KnownError(FailureKind kind) {
    this(kind, null, null);
  }

  KnownError(FailureKind kind, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super("known", cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  @Override
  public FailureKind kind() {
    return kind;
  }

  @Override
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
