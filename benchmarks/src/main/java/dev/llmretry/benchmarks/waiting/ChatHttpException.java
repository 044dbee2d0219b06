package dev.llmretry.benchmarks.waiting;

import dev.llmretry.HttpFailure;
import java.io.IOException;

/** A provider's response that is an error. */
final class ChatHttpException extends IOException implements HttpFailure {

  private static final long serialVersionUID = 1;

  private final int statusCode;

  ChatHttpException(int statusCode) {
    super("the provider said " + statusCode);
    this.statusCode = statusCode;
  }

  @Override
  public int statusCode() {
    return statusCode;
  }
}
