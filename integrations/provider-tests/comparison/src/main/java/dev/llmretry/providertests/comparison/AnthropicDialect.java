package dev.llmretry.providertests.comparison;

import static dev.llmretry.providertests.AnthropicFormat.error;
import static dev.llmretry.providertests.AnthropicFormat.errorBody;
import static dev.llmretry.providertests.AnthropicFormat.event;
import static dev.llmretry.providertests.AnthropicFormat.piece;
import static dev.llmretry.providertests.AnthropicFormat.start;
import static dev.llmretry.providertests.AnthropicFormat.stop;

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
    return Reply.events(start(), piece("Nothing."), stop());
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
    return Reply.events(start(), piece("Nothing."), event("error", overloadedBody()));
  }

  private static String overloadedBody() {
    return errorBody("overloaded_error", "Overloaded");
  }
}
