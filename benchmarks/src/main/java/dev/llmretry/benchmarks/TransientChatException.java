package dev.llmretry.benchmarks;

import dev.llmretry.FailureKind;

/** A provider's error that passes by itself, for those who look at nothing but the class. */
public final class TransientChatException extends ChatException {

  private static final long serialVersionUID = 1;

  public TransientChatException() {
    super(FailureKind.OVERLOADED);
  }
}
