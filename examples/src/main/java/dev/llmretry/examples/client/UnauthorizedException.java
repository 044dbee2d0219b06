package dev.llmretry.examples.client;

import java.util.List;
import java.util.Map;

/** The API key is wrong, or may not do this. */
public final class UnauthorizedException extends HttpErrorException {

  private static final long serialVersionUID = 1;

  UnauthorizedException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(statusCode, headers, body);
  }
}
