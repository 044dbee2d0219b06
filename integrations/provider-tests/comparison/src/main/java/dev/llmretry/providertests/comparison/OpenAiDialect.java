package dev.llmretry.providertests.comparison;

import static dev.llmretry.providertests.OpenAiFormat.error;
import static dev.llmretry.providertests.OpenAiFormat.errorBody;
import static dev.llmretry.providertests.OpenAiFormat.piece;
import static dev.llmretry.providertests.OpenAiFormat.role;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** What OpenAI answers, and those that speak like it. An error in a stream has no event name. */
class OpenAiDialect implements Dialect {

  @Override
  public Reply answer() {
    return Reply.json(
        200,
        """
        {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
         "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
           "message": {"role": "assistant", "content": "Nothing.", "refusal": null}}]}
        """);
  }

  @Override
  public Reply streamedAnswer() {
    return Reply.events(role(), piece("Nothing."), "data: [DONE]");
  }

  @Override
  public Reply rateLimited(Duration wait) {
    return error(429, "requests", "rate_limit_exceeded", "Rate limit reached.")
        .with("Retry-After", String.valueOf(wait.toSeconds()));
  }

  @Override
  public Reply quotaExhausted() {
    String quota = "insufficient_quota";
    return error(429, quota, quota, "You exceeded your current quota.");
  }

  @Override
  public Reply overloaded() {
    return Reply.json(503, overloadedBody());
  }

  @Override
  public Reply serverError() {
    return error(500, "server_error", "server_error", "The server had an error.");
  }

  @Override
  public Reply promptTooLong() {
    return error(
        400,
        "invalid_request_error",
        "context_length_exceeded",
        "This model's maximum context length is 8192 tokens.");
  }

  @Override
  public Reply wrongKey() {
    return error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
  }

  @Override
  public Reply streamOverloaded() {
    return Reply.events(role(), "data: " + overloadedBody());
  }

  @Override
  public Reply streamOverloadedLater() {
    return Reply.events(role(), piece("Nothing."), "data: " + overloadedBody());
  }

  private static String overloadedBody() {
    return errorBody("service_unavailable_error", "server_is_overloaded", "Overloaded.");
  }
}
