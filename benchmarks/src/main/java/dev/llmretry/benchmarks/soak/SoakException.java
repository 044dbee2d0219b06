package dev.llmretry.benchmarks.soak;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import java.io.IOException;
import java.time.Duration;

/** What the delegate throws. */
final class SoakException extends IOException implements LlmFailure {

  private static final long serialVersionUID = 1;

  private final FailureKind kind;
  private final Duration retryAfter;

  SoakException(FailureKind kind, Duration retryAfter) {
    super(kind.name());
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** The stack is that of the soak, ten million times. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  @Override
  public FailureKind kind() {
    return kind;
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }
}
