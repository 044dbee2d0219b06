package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** What Azure OpenAI answers: as OpenAI, but for some errors. */
final class AzureDialect extends OpenAiDialect {

  @Override
  public Reply rateLimited(Duration wait) {
    String seconds = String.valueOf(wait.toSeconds());
    return error(429, "429", "Please retry after " + seconds + " seconds.")
        .with("Retry-After", seconds);
  }

  @Override
  public Reply overloaded() {
    return error(503, "ServiceUnavailable", "The service is temporarily unavailable.");
  }

  @Override
  public Reply serverError() {
    return error(500, "InternalServerError", "The server had an error.");
  }

  @Override
  public Reply wrongKey() {
    return error(401, "401", "Access denied due to invalid subscription key.");
  }

  private static Reply error(int status, String code, String message) {
    return Reply.json(
        status, "{\"error\": {\"code\": \"%s\", \"message\": \"%s\"}}".formatted(code, message));
  }
}
