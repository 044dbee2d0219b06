package dev.llmretry.examples.provider;

import java.util.Map;

/**
 * A request as it came.
 *
 * @param path such as {@code /v1/chat/completions}
 * @param headers by their names in lower case
 * @param body JSON
 */
public record Request(String path, Map<String, String> headers, String body) {

  /** Makes a request. */
  public Request {
    headers = Map.copyOf(headers);
  }
}
