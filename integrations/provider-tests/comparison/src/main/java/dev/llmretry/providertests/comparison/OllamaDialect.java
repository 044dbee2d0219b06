package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** What Ollama answers, at home and in its cloud. It names no wait; a gateway may. */
final class OllamaDialect implements Dialect {

  @Override
  public Reply answer() {
    return Reply.json(200, chunk("Nothing.", true));
  }

  @Override
  public Reply streamedAnswer() {
    return lines(chunk("Nothing.", false), chunk("", true));
  }

  @Override
  public Reply rateLimited(Duration wait) {
    return error(429, "too many requests").with("Retry-After", String.valueOf(wait.toSeconds()));
  }

  @Override
  public Reply quotaExhausted() {
    return error(429, "you have reached your weekly usage limit, upgrade for higher limits");
  }

  @Override
  public Reply overloaded() {
    return Reply.json(503, overloadedBody());
  }

  @Override
  public Reply serverError() {
    return error(500, "the model failed to generate a response");
  }

  @Override
  public Reply promptTooLong() {
    return error(400, "the input length exceeds the context length");
  }

  @Override
  public Reply wrongKey() {
    return error(401, "unauthorized");
  }

  /** As long as nothing is sent, a stream has a status. */
  @Override
  public Reply streamOverloaded() {
    return overloaded();
  }

  @Override
  public Reply streamOverloadedLater() {
    return lines(chunk("Nothing.", false), overloadedBody());
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, errorBody(message));
  }

  private static String overloadedBody() {
    return errorBody("server busy, please try again.  maximum pending requests exceeded");
  }

  private static String errorBody(String message) {
    return "{\"error\": \"" + message + "\"}";
  }

  private static Reply lines(String... lines) {
    return Reply.text(200, "application/x-ndjson", String.join("\n", lines) + "\n");
  }

  private static String chunk(String text, boolean done) {
    return """
        {"model": "llama", "created_at": "2030-01-01T00:00:00Z", "done": %s,\
         "message": {"role": "assistant", "content": "%s"}}"""
        .formatted(done, text);
  }
}
