package dev.llmretry.providertests;

import dev.llmretry.HttpFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A response as an exception of the application's own: it hands on status, headers and body, and
 * reads none of them.
 */
final class ResponseException extends Exception implements HttpFailure {

  private static final long serialVersionUID = 1;

  private final transient RecordedResponse response;

  ResponseException(RecordedResponse response) {
    super(response.body());
    this.response = response;
  }

  @Override
  public int statusCode() {
    return response.status();
  }

  @Override
  public Map<String, List<String>> headers() {
    return response.headers().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
  }
}
