package dev.llmretry.examples.client;

import java.util.List;
import java.util.Map;

/** The conversation is too long for the model. Shorten it; sending it again does not help. */
public final class ContextLengthException extends HttpErrorException {

  private static final long serialVersionUID = 1;

  ContextLengthException(int statusCode, Map<String, List<String>> headers, ErrorBody body) {
    super(statusCode, headers, body);
  }
}
