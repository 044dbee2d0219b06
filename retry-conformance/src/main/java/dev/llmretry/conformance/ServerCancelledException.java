package dev.llmretry.conformance;

import dev.llmretry.HttpFailure;
import java.io.IOException;

/** A response with the status that nginx and Google use for a request that the client cancelled. */
final class ServerCancelledException extends IOException implements HttpFailure {

  private static final long serialVersionUID = 1;

  ServerCancelledException() {
    super("The operation was cancelled.");
  }

  @Override
  public int statusCode() {
    return 499;
  }

  @Override
  public String errorType() {
    return "CANCELLED";
  }
}
