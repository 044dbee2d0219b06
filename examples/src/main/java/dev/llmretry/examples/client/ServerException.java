package dev.llmretry.examples.client;

import java.util.List;
import java.util.Map;

/** The provider failed, or has too much to do. */
public final class ServerException extends HttpErrorException {

  private static final long serialVersionUID = 1;

  ServerException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(statusCode, headers, body);
  }
}
