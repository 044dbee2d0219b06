package dev.llmretry.providertests.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmretry.providertests.Reply;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Writes what the AWS SDK reads, with the same library. */
final class EventStream {

  private EventStream() {}

  static Reply reply(byte[]... messages) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] message : messages) {
      body.writeBytes(message);
    }
    return Reply.of(200, "application/vnd.amazon.eventstream", body.toByteArray());
  }

  static byte[] event(String type, String json) {
    return message(
        json, ":message-type", "event", ":event-type", type, ":content-type", "application/json");
  }

  /** An error that the service's model knows. */
  static byte[] exception(String type, String json) {
    return message(
        json,
        ":message-type",
        "exception",
        ":exception-type",
        type,
        ":content-type",
        "application/json");
  }

  /** An error that it does not know. */
  static byte[] error(String code, String message) {
    return message("", ":message-type", "error", ":error-code", code, ":error-message", message);
  }

  private static byte[] message(String payload, String... headers) {
    Map<String, HeaderValue> named = new LinkedHashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      named.put(headers[i], HeaderValue.fromString(headers[i + 1]));
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    new Message(named, payload.getBytes(UTF_8)).encode(message);
    return message.toByteArray();
  }
}
