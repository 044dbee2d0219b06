package dev.llmretry.examples.client;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/** The provider answered with HTTP 200 and something that cannot be understood. */
public final class InvalidAnswerException extends ProviderException implements LlmFailure {

  private static final long serialVersionUID = 1;

  InvalidAnswerException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Counts as a failure of the provider: gateways send such things when what is behind breaks. */
  @Override
  public FailureKind kind() {
    return FailureKind.SERVER;
  }
}
