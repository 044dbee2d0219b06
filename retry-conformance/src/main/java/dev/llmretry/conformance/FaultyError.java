package dev.llmretry.conformance;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/** A retryable error whose other methods all throw. */
final class FaultyError extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  @Override
  public FailureKind kind() {
    return FailureKind.SERVER;
  }

  private static IllegalStateException refusal() {
    return new IllegalStateException("must not be called");
  }

  @Override
  public String getMessage() {
    throw refusal();
  }

  @Override
  public String getLocalizedMessage() {
    throw refusal();
  }

  @Override
  public synchronized Throwable getCause() {
    throw refusal();
  }

  @Override
  public StackTraceElement[] getStackTrace() {
    throw refusal();
  }

  @Override
  public String toString() {
    throw refusal();
  }

  @Override
  public int hashCode() {
    throw refusal();
  }

  @Override
  @SuppressWarnings("EqualsHashCode")
  public boolean equals(Object other) {
    throw refusal();
  }
}
