package dev.llmretry.providertests.googlegenai;

import static dev.llmretry.FailureKind.CONTEXT_LENGTH;
import static dev.llmretry.FailureKind.FORBIDDEN;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.NETWORK;
import static dev.llmretry.FailureKind.NOT_FOUND;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.QUOTA_EXHAUSTED;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNSUPPORTED;
import static dev.llmretry.providertests.Row.ends;
import static dev.llmretry.providertests.Row.retried;

import dev.llmretry.providertests.ProviderTest;
import dev.llmretry.providertests.Reply;
import dev.llmretry.providertests.Reply.End;
import dev.llmretry.providertests.Row;
import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What Gemini and Vertex AI answer, through google-genai. */
class GoogleGenAiTest extends ProviderTest {

  private static final String TYPE = "\"@type\": \"type.googleapis.com/google.rpc.";
  private static final String OVER_QUOTA =
      "You exceeded your current quota, please check your plan and billing details.";

  private static final String EXHAUSTED = said("RESOURCE_EXHAUSTED", 429);

  private static final Reply RATE_LIMIT = error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA);

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new GoogleGenAiClient(url, timeout);
  }

  @Override
  protected Reply answer(Way way) {
    return way == Way.STREAMING
        ? Reply.events(empty(), piece("Nothing "), piece("at all."))
        : Reply.json(200, content("Nothing at all."));
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(rateLimits(), quotas(), theirFault(), ourFault()).flatMap(List::stream);
  }

  private static List<Row> rateLimits() {
    return List.of(
        retried("rate limit", RATE_LIMIT, RATE_LIMITED, EXHAUSTED),
        new Row(
            "rate limit that stays",
            List.of(RATE_LIMIT, RATE_LIMIT, RATE_LIMIT),
            RATE_LIMITED,
            EXHAUSTED,
            3,
            List.of(Duration.ofMillis(100), Duration.ofMillis(200))),
        retried(
            "rate limit, RetryInfo",
            error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA, quota("PerMinute"), retryInfo("53s")),
            RATE_LIMITED,
            EXHAUSTED,
            OLDEST ? Row.BACKOFF : Duration.ofSeconds(53)),
        retried(
            "rate limit, RetryInfo to the nanosecond",
            error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA, retryInfo("45.837906927s")),
            RATE_LIMITED,
            EXHAUSTED,
            OLDEST ? Row.BACKOFF : Duration.ofNanos(45_837_906_927L)),
        retried(
            "rate limit, wait in the message",
            error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA + " Please retry in 10.68s."),
            RATE_LIMITED,
            EXHAUSTED,
            Duration.ofMillis(10_680)),
        ends(
            "rate limit, hours in the message",
            error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA + " Please retry in 10h17m5.7s."),
            RATE_LIMITED,
            EXHAUSTED),
        retried(
            "Vertex AI: shared capacity",
            error(429, "RESOURCE_EXHAUSTED", "Resource exhausted, please try again later."),
            RATE_LIMITED,
            EXHAUSTED),
        retried(
            "retry-after, which no exception has",
            RATE_LIMIT.with("retry-after", "7"),
            RATE_LIMITED,
            EXHAUSTED));
  }

  private static List<Row> quotas() {
    Reply day = error(429, "RESOURCE_EXHAUSTED", OVER_QUOTA, quota("PerDay"), retryInfo("22s"));
    return List.of(
        OLDEST
            ? retried("quota of a day", day, RATE_LIMITED, EXHAUSTED)
            : ends("quota of a day", day, QUOTA_EXHAUSTED, "message \"quotaid … perday\""),
        ends(
            "quota of nothing",
            error(
                429,
                "RESOURCE_EXHAUSTED",
                OVER_QUOTA
                    + "\\n* Quota exceeded for metric: generate_content_free_tier_requests,"
                    + " limit: 0, model: gemini-test\\nPlease retry in 22.5s."),
            QUOTA_EXHAUSTED,
            "message \"quota exceeded for metric … limit: 0\""),
        ends(
            "payment required",
            error(402, "UNKNOWN", "Payment required."),
            QUOTA_EXHAUSTED,
            "HTTP 402"));
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "overloaded",
            error(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
            OVERLOADED,
            said("UNAVAILABLE", 503)),
        retried(
            "internal error",
            error(500, "INTERNAL", "An internal error has occurred."),
            SERVER,
            "HTTP 500"),
        retried("unknown error", error(500, "UNKNOWN", "Unknown."), SERVER, "HTTP 500"),
        retried(
            "deadline",
            error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
            TIMEOUT,
            said("DEADLINE_EXCEEDED", 504)),
        retried(
            "a gateway's page",
            Reply.text(502, "text/html", "<html>Bad gateway</html>"),
            SERVER,
            "HTTP 502"),
        retried("no body", Reply.text(503, "text/plain", ""), OVERLOADED, "HTTP 503"),
        retried("connection reset", Reply.reset(), NETWORK, "SocketException"),
        retried("answer cut off", Reply.json(200, "{").ending(End.CUT), NETWORK, "EOFException"));
  }

  private static List<Row> ourFault() {
    Reply badKey =
        error(
            400,
            "INVALID_ARGUMENT",
            "Bad key.",
            "{" + TYPE + "ErrorInfo\", \"reason\": \"API_KEY_INVALID\"}");
    Reply region =
        error(400, "FAILED_PRECONDITION", "User location is not supported for the API use.");
    return List.of(
        ends(
            "invalid argument",
            error(400, "INVALID_ARGUMENT", "Unable to submit request."),
            INVALID_REQUEST,
            "HTTP 400"),
        OLDEST
            ? ends("key", badKey, INVALID_REQUEST, "HTTP 400")
            : ends("key", badKey, UNAUTHORIZED, "error API_KEY_INVALID"),
        ends(
            "key, in the message",
            error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key."),
            UNAUTHORIZED,
            "message \"api key not valid\""),
        ends(
            "context length",
            error(
                400,
                "INVALID_ARGUMENT",
                "The input token count (1100000) exceeds the maximum number of tokens allowed"
                    + " (1048576)."),
            CONTEXT_LENGTH,
            "message \"exceeds the maximum number of tokens allowed\""),
        OLDEST
            ? ends("region", region, INVALID_REQUEST, "HTTP 400")
            : ends("region", region, FORBIDDEN, "error FAILED_PRECONDITION"),
        ends(
            "credentials",
            error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
            UNAUTHORIZED,
            said("UNAUTHENTICATED", 401)),
        ends(
            "permission",
            error(403, "PERMISSION_DENIED", "Permission denied."),
            FORBIDDEN,
            said("PERMISSION_DENIED", 403)),
        ends(
            "model",
            error(404, "NOT_FOUND", "models/gemini-0 is not found for API version v1beta."),
            NOT_FOUND,
            said("NOT_FOUND", 404)),
        retried(
            "cancelled",
            error(499, "CANCELLED", "The operation was cancelled."),
            SERVER,
            "HTTP 499"),
        ends(
            "not implemented",
            error(501, "UNIMPLEMENTED", "Not implemented."),
            UNSUPPORTED,
            said("UNIMPLEMENTED", 501)));
  }

  @Override
  protected Stream<Row> streamingRows() {
    Row cut =
        retried(
            "stream: cut off before the first piece",
            Reply.events(empty()).ending(End.CUT),
            NETWORK,
            "EOFException");
    if (OLDEST) {
      return Stream.of(cut); // It takes an error for an answer without content.
    }
    return Stream.of(
        cut,
        retried(
                "stream: overloaded",
                Reply.events(errorEvent(503, "UNAVAILABLE", "The model is overloaded.")),
                OVERLOADED,
                "error UNAVAILABLE")
            .withStatus(503),
        retried(
                "stream: rate limit",
                Reply.events(empty(), errorEvent(429, "RESOURCE_EXHAUSTED", "Retry in 1.2s.")),
                RATE_LIMITED,
                "error RESOURCE_EXHAUSTED",
                Duration.ofMillis(1_200))
            .withStatus(429),
        retried(
                "stream: cancelled",
                Reply.events(errorEvent(499, "CANCELLED", "The operation was cancelled.")),
                SERVER,
                "HTTP 499")
            .withStatus(499));
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    if (OLDEST) { // reads one event ahead
      return Stream.of(Reply.events(piece("Nothing "), piece("at all.")).ending(End.CUT));
    }
    return Stream.of(
        Reply.events(piece("Nothing "), errorEvent(503, "UNAVAILABLE", "Overloaded.")),
        Reply.events(piece("Nothing ")).ending(End.CUT));
  }

  /** The oldest version has neither Google's name of the status nor the details. */
  private static String said(String name, int status) {
    return OLDEST ? "HTTP " + status : "error " + name;
  }

  private static String quota(String period) {
    return "{"
        + TYPE
        + "QuotaFailure\", \"violations\": [{\"quotaId\": \"GenerateRequests"
        + period
        + "PerProjectPerModel-FreeTier\"}]}";
  }

  private static String retryInfo(String delay) {
    return "{" + TYPE + "RetryInfo\", \"retryDelay\": \"" + delay + "\"}";
  }

  private static Reply error(int status, String name, String message, String... details) {
    return Reply.json(status, errorBody(status, name, message, details));
  }

  private static String errorEvent(int status, String name, String message) {
    return "data: " + errorBody(status, name, message);
  }

  private static String errorBody(int status, String name, String message, String... details) {
    return "{\"error\": {\"code\": %d, \"message\": \"%s\", \"status\": \"%s\", \"details\": [%s]}}"
        .formatted(status, message, name, String.join(", ", details));
  }

  private static String empty() {
    return piece("");
  }

  private static String piece(String text) {
    return "data: " + content(text);
  }

  private static String content(String text) {
    return """
        {"candidates": [{"index": 0, "content": {"role": "model", "parts": [{"text": "%s"}]}}]}"""
        .formatted(text);
  }
}
