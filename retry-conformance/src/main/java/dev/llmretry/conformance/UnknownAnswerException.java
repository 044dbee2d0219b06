package dev.llmretry.conformance;

import dev.llmretry.HttpFailure;
import java.io.IOException;

/** A response with a status that has no kind. */
final class UnknownAnswerException extends IOException implements HttpFailure {

  private static final long serialVersionUID = 1;

  @Override
  public int statusCode() {
    return 418;
  }
}
