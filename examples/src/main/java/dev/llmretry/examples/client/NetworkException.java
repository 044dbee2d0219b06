package dev.llmretry.examples.client;

import java.io.IOException;

/**
 * The provider could not be reached, or the connection broke. Most of that passes; a certificate
 * that is wrong does not. The cause tells which, so this class need not.
 */
public final class NetworkException extends ProviderException {

  private static final long serialVersionUID = 1;

  NetworkException(String message, IOException cause) {
    super(message, cause);
  }
}
