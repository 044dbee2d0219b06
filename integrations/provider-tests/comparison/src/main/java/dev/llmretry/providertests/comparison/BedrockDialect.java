package dev.llmretry.providertests.comparison;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmretry.providertests.Reply;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** What Amazon Bedrock answers. It names no wait as a rule; a gateway may. */
final class BedrockDialect implements Dialect {

  @Override
  public Reply answer() {
    return Reply.json(
        200,
        """
        {"output": {"message": {"role": "assistant", "content": [{"text": "Nothing."}]}},
         "stopReason": "end_turn", "metrics": {"latencyMs": 1},
         "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}}
        """);
  }

  @Override
  public Reply streamedAnswer() {
    return stream(start(), piece(), event("messageStop", "{\"stopReason\": \"end_turn\"}"));
  }

  @Override
  public Reply rateLimited(Duration wait) {
    return error(429, "ThrottlingException", "Too many requests, please wait before trying again.")
        .with("Retry-After", String.valueOf(wait.toSeconds()));
  }

  @Override
  public Reply quotaExhausted() {
    return error(429, "ThrottlingException", "Too many tokens per day, please wait.");
  }

  @Override
  public Reply overloaded() {
    return error(503, "ServiceUnavailableException", "The service is unavailable.");
  }

  @Override
  public Reply serverError() {
    return error(500, "InternalServerException", "An internal server error occurred.");
  }

  @Override
  public Reply promptTooLong() {
    return error(400, "ValidationException", "Input is too long for requested model.");
  }

  @Override
  public Reply wrongKey() {
    return error(403, "UnrecognizedClientException", "The security token is invalid.");
  }

  @Override
  public Reply streamOverloaded() {
    return stream(start(), unavailable());
  }

  @Override
  public Reply streamOverloadedLater() {
    return stream(start(), piece(), unavailable());
  }

  private static Reply error(int status, String type, String message) {
    return Reply.json(status, "{\"message\": \"" + message + "\"}").with("x-amzn-ErrorType", type);
  }

  private static Reply stream(Message... messages) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Message message : messages) {
      message.encode(body);
    }
    return Reply.of(200, "application/vnd.amazon.eventstream", body.toByteArray());
  }

  private static Message start() {
    return event("messageStart", "{\"role\": \"assistant\"}");
  }

  private static Message piece() {
    return event(
        "contentBlockDelta", "{\"contentBlockIndex\": 0, \"delta\": {\"text\": \"Nothing.\"}}");
  }

  private static Message unavailable() {
    return message("exception", "serviceUnavailableException", "{\"message\": \"Unavailable.\"}");
  }

  private static Message event(String type, String json) {
    return message("event", type, json);
  }

  private static Message message(String kind, String type, String json) {
    return new Message(
        Map.of(
            ":message-type",
            HeaderValue.fromString(kind),
            ":" + kind + "-type",
            HeaderValue.fromString(type),
            ":content-type",
            HeaderValue.fromString("application/json")),
        json.getBytes(UTF_8));
  }
}
