package dev.llmretry.providertests.http;

import static dev.llmretry.FailureKind.CONTENT_FILTERED;
import static dev.llmretry.FailureKind.CONTEXT_LENGTH;
import static dev.llmretry.FailureKind.FORBIDDEN;
import static dev.llmretry.FailureKind.INVALID_REQUEST;
import static dev.llmretry.FailureKind.NOT_FOUND;
import static dev.llmretry.FailureKind.OVERLOADED;
import static dev.llmretry.FailureKind.QUOTA_EXHAUSTED;
import static dev.llmretry.FailureKind.RATE_LIMITED;
import static dev.llmretry.FailureKind.SERVER;
import static dev.llmretry.FailureKind.TIMEOUT;
import static dev.llmretry.FailureKind.UNAUTHORIZED;
import static dev.llmretry.FailureKind.UNKNOWN;
import static dev.llmretry.FailureKind.UNSUPPORTED;
import static dev.llmretry.providertests.OpenAiFormat.error;
import static dev.llmretry.providertests.OpenAiFormat.errorEvent;
import static dev.llmretry.providertests.OpenAiFormat.piece;
import static dev.llmretry.providertests.OpenAiFormat.role;
import static dev.llmretry.providertests.Row.ends;
import static dev.llmretry.providertests.Row.retried;

import dev.llmretry.FailureKind;
import dev.llmretry.providertests.ProviderTest;
import dev.llmretry.providertests.Reply;
import dev.llmretry.providertests.Reply.End;
import dev.llmretry.providertests.Row;
import dev.llmretry.providertests.Way;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What providers answer, through a client written by hand on top of an HTTP library. */
abstract class HttpClientTest extends ProviderTest {

  private static final Reply RATE_LIMIT =
      error(429, "requests", "rate_limit_exceeded", "Rate limit reached for gpt-4o.");

  /** What is to be expected where the connection is reset in place of an answer. */
  protected abstract String reset();

  /** What is to be expected where a 401 names the code. */
  protected String unauthorized() {
    return "error invalid_api_key";
  }

  /** What is to be expected where an answer is cut off. */
  protected abstract String cut();

  @Override
  protected Reply answer(Way way) {
    return way == Way.STREAMING
        ? Reply.events(role(), piece("Nothing "), piece("at all."), "data: [DONE]")
        : Reply.json(200, "{\"choices\": [{\"message\": {\"content\": \"Nothing at all.\"}}]}");
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(answers(), headers(), statuses(), others(), broken()).flatMap(List::stream);
  }

  /** Answers of which the body tells more than the status. */
  private List<Row> answers() {
    String invalid = "invalid_request_error";
    return List.of(
        retried("rate limit", RATE_LIMIT, RATE_LIMITED, "error rate_limit_exceeded"),
        retried(
            "rate limit, wait in the message",
            error(429, "tokens", "rate_limit_exceeded", "Please try again in 456ms."),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(456)),
        ends(
            "one request over the limit",
            error(429, "tokens", "rate_limit_exceeded", "Request too large for gpt-4o."),
            CONTEXT_LENGTH,
            "message \"request too large for\""),
        ends(
            "quota",
            error(429, "insufficient_quota", "insufficient_quota", "Over.")
                .with("retry-after", "1"),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        retried(
            "overloaded",
            error(503, "service_unavailable_error", "server_is_overloaded", "Overloaded.")
                .with("retry-after", "1.5"),
            OVERLOADED,
            "error server_is_overloaded",
            Duration.ofMillis(1_500)),
        ends(
            "key",
            error(401, invalid, "invalid_api_key", "Incorrect API key provided."),
            UNAUTHORIZED,
            unauthorized()),
        ends(
            "country",
            error(403, "forbidden", "unsupported_country_region_territory", "No."),
            FORBIDDEN,
            "error unsupported_country_region_territory"),
        ends(
            "model",
            error(404, invalid, "model_not_found", "The model `gpt-0` does not exist."),
            NOT_FOUND,
            "error model_not_found"),
        ends(
            "context length",
            error(400, invalid, "context_length_exceeded", "Too long."),
            CONTEXT_LENGTH,
            "error context_length_exceeded"),
        ends(
            "filter",
            error(400, invalid, "content_filter", "Refused."),
            CONTENT_FILTERED,
            "error content_filter"));
  }

  private static List<Row> headers() {
    return List.of(
        limited("retry-after", "retry-after", "7", Duration.ofSeconds(7)),
        limited(
            "retry-after, a date",
            "retry-after",
            "Tue, 01 Jan 2030 00:00:09 GMT",
            Duration.ofSeconds(9)),
        limited("retry-after-ms", "Retry-After-Ms", "456", Duration.ofMillis(456)),
        retried(
            "reset of requests",
            RATE_LIMIT
                .with("x-ratelimit-remaining-requests", "0")
                .with("x-ratelimit-reset-requests", "1.2s"),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(1_200)),
        ends(
            "retry-after of a day",
            RATE_LIMIT.with("retry-after", "86400"),
            RATE_LIMITED,
            "error rate_limit_exceeded"),
        ends(
            "x-should-retry: false",
            error(500, "server_error", null, "No.").with("x-should-retry", "false"),
            UNKNOWN,
            "HTTP 500, x-should-retry: false"),
        retried(
            "x-should-retry: true",
            error(400, "invalid_request_error", null, "Again.").with("x-should-retry", "true"),
            SERVER,
            "HTTP 400, x-should-retry: true"));
  }

  private static Row limited(String name, String header, String value, Duration wait) {
    return retried(
        name, RATE_LIMIT.with(header, value), RATE_LIMITED, "error rate_limit_exceeded", wait);
  }

  /** Answers of which only the status tells. */
  protected final List<Row> statuses() {
    Map<Integer, FailureKind> kinds =
        new TreeMap<>(
            Map.of(
                400, INVALID_REQUEST,
                403, FORBIDDEN,
                404, NOT_FOUND,
                409, SERVER,
                418, UNKNOWN,
                422, INVALID_REQUEST,
                500, SERVER,
                501, UNSUPPORTED,
                504, TIMEOUT,
                529, OVERLOADED));
    kinds.put(402, QUOTA_EXHAUSTED);
    kinds.put(408, TIMEOUT);
    kinds.put(429, RATE_LIMITED);
    kinds.put(503, OVERLOADED);
    return kinds.entrySet().stream().map(kind -> row(kind.getKey(), kind.getValue())).toList();
  }

  private static Row row(int status, FailureKind kind) {
    String reason = "HTTP " + status;
    Reply page = Reply.text(status, "text/html", "<html>Something is wrong</html>");
    return kind.isRetryable()
        ? retried(reason, page, kind, reason)
        : ends(reason, page, kind, reason);
  }

  /** Other providers' formats. */
  private static List<Row> others() {
    return List.of(
        retried("no body", Reply.text(502, "text/plain", ""), SERVER, "HTTP 502"),
        ends(
            "Anthropic: context length",
            Reply.json(
                400,
                """
                {"type": "error", "error": {"type": "invalid_request_error",
                  "message": "prompt is too long: 200001 tokens > 200000 maximum"}}
                """),
            CONTEXT_LENGTH,
            "message \"prompt is too long\""),
        ends(
            "Gemini: a quota of a day",
            Reply.json(
                429,
                """
                {"error": {"code": 429, "message": "Quota exceeded", "status": "RESOURCE_EXHAUSTED",
                  "details": [
                    {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel"}]},
                    {"retryDelay": "22s"}]}}
                """),
            QUOTA_EXHAUSTED,
            "message \"quotaid … perday\""),
        retried(
            "Gemini: wait in the details",
            Reply.json(
                429,
                """
                {"error": {"code": 429, "message": "Exhausted", "status": "RESOURCE_EXHAUSTED",
                  "details": [{"retryDelay": "2.5s"}]}}
                """),
            RATE_LIMITED,
            "error RESOURCE_EXHAUSTED",
            Duration.ofMillis(2_500)));
  }

  /** Answers that do not come, or not whole. */
  protected final List<Row> broken() {
    return List.of(
        retried("connection reset", Reply.reset(), FailureKind.NETWORK, reset()),
        retried(
            "answer cut off",
            Reply.json(200, "{\"choices\"").ending(End.CUT),
            FailureKind.NETWORK,
            cut()));
  }

  @Override
  protected Stream<Row> streamingRows() {
    return Stream.of(
        retried(
            "stream: overloaded",
            Reply.events(role(), errorEvent("overloaded_error", null, "Overloaded")),
            OVERLOADED,
            "error overloaded_error"),
        retried(
            "stream: rate limit",
            Reply.events(errorEvent("tokens", "rate_limit_exceeded", "Try again in 1.2s.")),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(1_200)),
        ends(
            "stream: quota",
            Reply.events(errorEvent("insufficient_quota", "insufficient_quota", "Over.")),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        retried(
            "stream: cut off before the first piece",
            Reply.events(role()).ending(End.CUT),
            FailureKind.NETWORK,
            cut()));
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(
        Reply.events(role(), piece("Nothing "), errorEvent("overloaded_error", null, "Failed.")),
        Reply.events(role(), piece("Nothing ")).ending(End.CUT));
  }
}
