package dev.llmretry.examples.modular;

import dev.llmretry.HttpFailure;

/** The provider answered with HTTP 529. */
final class OverloadedException extends Exception implements HttpFailure {

  private static final long serialVersionUID = 1;

  OverloadedException() {
    super("overloaded");
  }

  @Override
  public int statusCode() {
    return 529;
  }
}
