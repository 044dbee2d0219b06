package dev.llmretry.examples.client;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;

/** The provider cannot do what was asked for; see {@link LlmClient#capabilities}. */
public final class UnsupportedException extends ProviderException implements LlmFailure {

  private static final long serialVersionUID = 1;

  UnsupportedException(String message) {
    super(message);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.UNSUPPORTED;
  }
}
