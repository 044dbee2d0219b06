package dev.llmretry.spring;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/** A failure that is retried. */
final class BusyException extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  @Override
  public FailureKind kind() {
    return FailureKind.SERVER;
  }
}
