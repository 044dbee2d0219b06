package dev.llmretry.providertests.comparison;

import dev.llmretry.providertests.Reply;
import java.time.Duration;

/** What Gemini answers. It says in the body how long to wait, and for a quota of a day too. */
final class GoogleDialect implements Dialect {

  private static final String OVER_QUOTA = "You exceeded your current quota.";

  @Override
  public Reply answer() {
    return Reply.json(200, content());
  }

  @Override
  public Reply streamedAnswer() {
    return Reply.events(piece());
  }

  @Override
  public Reply rateLimited(Duration wait) {
    return error(
        429, "RESOURCE_EXHAUSTED", OVER_QUOTA, quota("PerMinute"), retryInfo(wait.toSeconds()));
  }

  @Override
  public Reply quotaExhausted() {
    return error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA, quota("PerDay"), retryInfo(22));
  }

  @Override
  public Reply overloaded() {
    return Reply.json(503, overloadedBody());
  }

  @Override
  public Reply serverError() {
    return error(500, "INTERNAL", "An internal error has occurred.");
  }

  @Override
  public Reply promptTooLong() {
    return error(
        400,
        "INVALID_ARGUMENT",
        "The input token count (1100000) exceeds the maximum number of tokens allowed (1048576).");
  }

  @Override
  public Reply wrongKey() {
    return error(
        400,
        "INVALID_ARGUMENT",
        "API key not valid. Please pass a valid API key.",
        detail("ErrorInfo", "\"reason\": \"API_KEY_INVALID\""));
  }

  @Override
  public Reply streamOverloaded() {
    return Reply.events("data: " + overloadedBody());
  }

  @Override
  public Reply streamOverloadedLater() {
    return Reply.events(piece(), "data: " + overloadedBody());
  }

  private static Reply error(int status, String name, String message, String... details) {
    return Reply.json(status, errorBody(status, name, message, details));
  }

  private static String overloadedBody() {
    return errorBody(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
  }

  private static String errorBody(int status, String name, String message, String... details) {
    return "{\"error\": {\"code\": %d, \"message\": \"%s\", \"status\": \"%s\", \"details\": [%s]}}"
        .formatted(status, message, name, String.join(", ", details));
  }

  private static String quota(String period) {
    String id = "GenerateRequests" + period + "PerProjectPerModel-FreeTier";
    return detail("QuotaFailure", "\"violations\": [{\"quotaId\": \"" + id + "\"}]");
  }

  private static String retryInfo(long seconds) {
    return detail("RetryInfo", "\"retryDelay\": \"" + seconds + "s\"");
  }

  private static String detail(String type, String fields) {
    return "{\"@type\": \"type.googleapis.com/google.rpc." + type + "\", " + fields + "}";
  }

  private static String piece() {
    return "data: " + content();
  }

  private static String content() {
    return """
        {"candidates": [{"index": 0,\
         "content": {"role": "model", "parts": [{"text": "Nothing."}]}}]}""";
  }
}
