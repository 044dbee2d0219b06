package dev.llmretry.simulator;

import dev.llmretry.HttpFailure;
import java.util.List;
import java.util.Map;

/** An answer of the provider with an HTTP status that means failure. */
final class ProviderException extends Exception implements HttpFailure {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, List<String>> headers;

  /** Without a stack trace, which would cost more than the rest of an attempt. */
  ProviderException(int status, Map<String, List<String>> headers) {
    super("HTTP " + status, null, true, false);
    this.status = status;
    this.headers = headers;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }
}
