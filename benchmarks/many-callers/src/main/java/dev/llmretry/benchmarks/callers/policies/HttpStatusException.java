package dev.llmretry.benchmarks.callers.policies;

import dev.llmretry.HttpFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The provider answered with an error. */
final class HttpStatusException extends IOException implements HttpFailure {

  private static final long serialVersionUID = 1;

  private final int statusCode;

  @SuppressWarnings("serial") // the JDK's maps and lists of strings are serializable
  private final Map<String, List<String>> headers;

  HttpStatusException(int statusCode, Map<String, List<String>> headers) {
    super("HTTP " + statusCode);
    this.statusCode = statusCode;
    this.headers = headers;
  }

  @Override
  public int statusCode() {
    return statusCode;
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }
}
