package dev.llmretry.examples.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What providers are known to reply, worded as they word it. */
public final class Replies {

  private Replies() {}

  /** A proper answer. */
  public static Reply answer() {
    return new Reply.Answer();
  }

  /** Talk around JSON, which models that have learnt to chat produce now and then. */
  public static Reply talkAroundJson() {
    return new Reply.Text("Sure! Here is the JSON you asked for: {\"reply\": \"hello\"}");
  }

  /** HTTP 503. */
  public static Reply.Failure unavailable() {
    return error(503, "server_error", null, "The server is temporarily unavailable.");
  }

  /** HTTP 529, which Anthropic and those who imitate it send. */
  public static Reply.Failure overloaded() {
    return error(529, "overloaded_error", null, "Overloaded");
  }

  /** HTTP 429 that passes by itself. */
  public static Reply.Failure rateLimited() {
    return error(
        429, "requests", "rate_limit_exceeded", "Rate limit reached for requests per minute.");
  }

  /** HTTP 429 that does not. */
  public static Reply.Failure quotaExceeded() {
    return error(
        429,
        "insufficient_quota",
        "insufficient_quota",
        "You exceeded your current quota, please check your plan and billing details.");
  }

  /** HTTP 401. */
  public static Reply.Failure unauthorized() {
    return error(
        401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: sk-***.");
  }

  /** HTTP 400 for a conversation that is too long. */
  public static Reply.Failure contextLengthExceeded() {
    return error(
        400,
        "invalid_request_error",
        "context_length_exceeded",
        "This model's maximum context length is 8192 tokens. However, you requested 9001 tokens.");
  }

  /** HTTP 200, and an error in the stream, before any token but after the role. */
  public static Reply overloadedInStream() {
    return new Reply.StreamedFailure(
        0,
        error(
            200,
            "service_unavailable_error",
            "server_is_overloaded",
            "Our servers are currently overloaded. Please try again later."));
  }

  /** HTTP 200, and an error in the stream after some tokens. */
  public static Reply failureAfter(int tokens) {
    return new Reply.StreamedFailure(
        tokens,
        error(200, "server_error", null, "The server had an error while processing your request."));
  }

  /** A connection that breaks in the middle of the answer. */
  public static Reply drop() {
    return new Reply.Drop();
  }

  /** No answer, not even its beginning. */
  public static Reply silence() {
    return new Reply.Silence();
  }

  /** An answer that stops in the middle and never goes on. */
  public static Reply stall() {
    return new Reply.Stall();
  }

  private static Reply.Failure error(
      int status, String type, @Nullable String code, String message) {
    return new Reply.Failure(status, Map.of(), type, code, message);
  }
}
