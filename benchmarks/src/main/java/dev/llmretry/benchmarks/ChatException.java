package dev.llmretry.benchmarks;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import java.io.IOException;

/** A provider's error. */
public class ChatException extends IOException implements LlmFailure {

  private static final long serialVersionUID = 1;

  private final FailureKind kind;

  public ChatException(FailureKind kind) {
    super("the provider said " + kind);
    this.kind = kind;
  }

  @Override
  public FailureKind kind() {
    return kind;
  }
}
