package dev.llmretry.examples.client;

/**
 * Carries a {@link ProviderException} out of a stream, whose methods declare none. It says nothing
 * about retries: its cause does.
 */
public final class UncheckedProviderException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ProviderException failure;

  UncheckedProviderException(ProviderException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  /** Returns what went wrong: the same as the cause. */
  public ProviderException failure() {
    return failure;
  }
}
