package dev.llmretry.examples.client;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/** The provider did not begin to answer in time. */
public final class ProviderTimeoutException extends ProviderException implements LlmFailure {

  private static final long serialVersionUID = 1;

  ProviderTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TIMEOUT;
  }
}
