package dev.llmretry.examples.client;

import java.io.IOException;
import java.util.Objects;

/**
 * The provider could not be reached, or the connection broke. Most of that passes; a certificate
 * that is wrong does not. The cause tells which, so this class need not.
 */
public final class NetworkException extends ProviderException {

  private static final long serialVersionUID = 1;

  NetworkException(String message, IOException cause) {
    super(message, cause);
  }

  /** Returns the exception for a connection that failed. */
  static NetworkException of(IOException broken) {
    // A refused connection has no message.
    String why = Objects.requireNonNullElse(broken.getMessage(), broken.toString());
    return new NetworkException("connection failed: " + why, broken);
  }
}
