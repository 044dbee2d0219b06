package dev.llmretry.conformance;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import java.io.IOException;
import java.time.Duration;

/** An exception of a client that states its kind. */
public class ProviderError extends IOException implements LlmFailure {

  private static final long serialVersionUID = 1;

  private final FailureKind kind;
  private final Duration retryAfter;

  public ProviderError(FailureKind kind) {
    this(kind, null);
  }

  public ProviderError(FailureKind kind, Duration retryAfter) {
    super(kind.name());
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  @Override
  public FailureKind kind() {
    return kind;
  }

  @Override
  public Duration retryAfter() {
    return retryAfter;
  }

  /** A subclass, for rules by class. */
  public static class Special extends ProviderError {

    private static final long serialVersionUID = 1;

    public Special(FailureKind kind) {
      super(kind);
    }
  }

  /** A subclass of the subclass. */
  public static final class VerySpecial extends Special {

    private static final long serialVersionUID = 1;

    public VerySpecial(FailureKind kind) {
      super(kind);
    }
  }
}
