package dev.llmretry.runtime.cases;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/** Passes by itself; all else that it is asked, it answers by throwing. */
final class UnrulyError extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  @Override
  public FailureKind kind() {
    return FailureKind.SERVER;
  }

  private static IllegalStateException refusal() {
    return new IllegalStateException("not to be asked");
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
  public Throwable getCause() {
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
