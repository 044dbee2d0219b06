package dev.llmretry.examples.client;

import java.util.List;
import java.util.Map;

/** The provider refuses the request as it stands. */
public final class InvalidRequestException extends HttpErrorException {

  private static final long serialVersionUID = 1;

  InvalidRequestException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(statusCode, headers, body);
  }
}
