package dev.llmretry.examples.provider;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response as it goes.
 *
 * @param status the HTTP status
 * @param headers further headers
 * @param body JSON
 */
record Response(int status, Map<String, String> headers, String body) {

  /** Returns what goes over the wire. */
  byte[] toBytes() {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("Content-Type: application/json\r\n");
    text.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
    text.append("\r\nConnection: close\r\n\r\n").append(body);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
