package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** What Anthropic answers. */
final class AnthropicDialect implements Dialect {

  @Override
  public Reply answer() {
    return Reply.json(
        200,
        """
        {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test",
         "content": [{"type": "text", "text": "Nothing.", "citations": null}],
         "stop_reason": "end_turn", "stop_sequence": null,
         "usage": {"input_tokens": 3, "output_tokens": 4}}
        """);
  }

  @Override
  public Reply streamedAnswer() {
    return Reply.events(start(), piece(), event("message_stop", "{\"type\": \"message_stop\"}"));
  }

  @Override
  public Reply rateLimited(Duration wait) {
    return error(429, "rate_limit_error", "This request would exceed your rate limit.")
        .with("Retry-After", String.valueOf(wait.toSeconds()));
  }

  @Override
  public Reply quotaExhausted() {
    return Reply.json(
        429,
        """
        {"type": "error", "error": {"type": "rate_limit_error", "message": "No more.",
          "details": {"error_code": "enforced_spend_limit_reached"}}}
        """);
  }

  @Override
  public Reply overloaded() {
    return Reply.json(529, overloadedBody()).with("x-should-retry", "true");
  }

  @Override
  public Reply serverError() {
    return error(500, "api_error", "Internal server error");
  }

  @Override
  public Reply promptTooLong() {
    return error(
        400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum");
  }

  @Override
  public Reply wrongKey() {
    return error(401, "authentication_error", "invalid x-api-key");
  }

  @Override
  public Reply streamOverloaded() {
    return Reply.events(start(), event("error", overloadedBody()));
  }

  @Override
  public Reply streamOverloadedLater() {
    return Reply.events(start(), piece(), event("error", overloadedBody()));
  }

  private static Reply error(int status, String type, String message) {
    return Reply.json(status, errorBody(type, message));
  }

  private static String overloadedBody() {
    return errorBody("overloaded_error", "Overloaded");
  }

  private static String errorBody(String type, String message) {
    return "{\"type\": \"error\", \"error\": {\"type\": \"%s\", \"message\": \"%s\"}}"
        .formatted(type, message);
  }

  private static String start() {
    return event(
        "message_start",
        """
        {"type": "message_start", "message": {"id": "msg_1", "type": "message",\
         "role": "assistant", "model": "claude-test", "content": [], "stop_reason": null,\
         "stop_sequence": null, "usage": {"input_tokens": 3, "output_tokens": 1}}}""");
  }

  private static String piece() {
    return event(
        "content_block_delta",
        """
        {"type": "content_block_delta", "index": 0,\
         "delta": {"type": "text_delta", "text": "Nothing."}}""");
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data;
  }
}
