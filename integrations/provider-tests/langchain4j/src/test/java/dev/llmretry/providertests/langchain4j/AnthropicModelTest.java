package dev.llmretry.providertests.langchain4j;

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
import static dev.llmretry.FailureKind.UNKNOWN;
import static dev.llmretry.providertests.AnthropicFormat.blockStart;
import static dev.llmretry.providertests.AnthropicFormat.blockStop;
import static dev.llmretry.providertests.AnthropicFormat.delta;
import static dev.llmretry.providertests.AnthropicFormat.error;
import static dev.llmretry.providertests.AnthropicFormat.errorEvent;
import static dev.llmretry.providertests.AnthropicFormat.limit;
import static dev.llmretry.providertests.AnthropicFormat.piece;
import static dev.llmretry.providertests.AnthropicFormat.ping;
import static dev.llmretry.providertests.AnthropicFormat.start;
import static dev.llmretry.providertests.AnthropicFormat.stop;
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

/** What Anthropic answers, through langchain4j-anthropic. */
class AnthropicModelTest extends ProviderTest {

  private static final Reply RATE_LIMIT =
      error(429, "rate_limit_error", "This request would exceed your rate limit.");

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return LangChain4jClient.ofAnthropic(url, timeout);
  }

  @Override
  protected Stream<Way> ways() {
    return Stream.of(Way.BLOCKING, Way.STREAMING);
  }

  /** The time-out of java.net.http, under LangChain4j here, ends with the headers. */
  @Override
  protected boolean hearsSilenceHalfway(Way way) {
    return false;
  }

  @Override
  protected Reply answer(Way way) {
    return way == Way.STREAMING
        ? Reply.events(
            start(),
            blockStart(),
            piece("Nothing "),
            piece("at all."),
            blockStop(),
            delta(),
            stop())
        : Reply.json(
            200,
            """
            {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test",
             "content": [{"type": "text", "text": "Nothing at all.", "citations": null}],
             "stop_reason": "end_turn", "stop_sequence": null,
             "usage": {"input_tokens": 3, "output_tokens": 4}}
            """);
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(rateLimits(), quotas(), theirFault(), ourFault()).flatMap(List::stream);
  }

  private static List<Row> rateLimits() {
    return List.of(
        retried("rate limit, no wait", RATE_LIMIT, RATE_LIMITED, "error rate_limit_error"),
        // LangChain4j drops the headers.
        retried(
            "retry-after",
            RATE_LIMIT.with("retry-after", "12"),
            RATE_LIMITED,
            "error rate_limit_error"),
        new Row(
            "rate limit that stays",
            List.of(RATE_LIMIT, RATE_LIMIT, RATE_LIMIT),
            RATE_LIMITED,
            "error rate_limit_error",
            3,
            List.of(Duration.ofMillis(100), Duration.ofMillis(200))),
        retried(
            "ramp limit",
            limit(429, "rate_limit_error", "ramp_limit_exceeded"),
            RATE_LIMITED,
            "error ramp_limit_exceeded"));
  }

  private static List<Row> quotas() {
    String invalid = "invalid_request_error";
    return List.of(
        ends(
            "enforced spend limit",
            limit(429, "rate_limit_error", "enforced_spend_limit_reached"),
            QUOTA_EXHAUSTED,
            "error enforced_spend_limit_reached"),
        ends(
            "contract spend limit",
            limit(429, "rate_limit_error", "contract_spend_limit_reached"),
            QUOTA_EXHAUSTED,
            "error contract_spend_limit_reached"),
        ends(
            "another organization's spend limit",
            limit(402, "billing_error", "linked_organization_spend_limit_reached"),
            QUOTA_EXHAUSTED,
            "error linked_organization_spend_limit_reached"),
        ends(
            "credit",
            error(400, invalid, "Your credit balance is too low to access the API."),
            QUOTA_EXHAUSTED,
            "message \"your credit balance is too low\""),
        ends(
            "usage limits",
            error(400, invalid, "You have reached your specified API usage limits."),
            QUOTA_EXHAUSTED,
            "message \"you have reached your … api usage limits\""),
        ends(
            "billing",
            error(402, "billing_error", "Check your billing details."),
            QUOTA_EXHAUSTED,
            "error billing_error"));
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "overloaded",
            error(529, "overloaded_error", "Overloaded"),
            OVERLOADED,
            "error overloaded_error"),
        retried("internal", error(500, "api_error", "Internal"), SERVER, "HTTP 500"),
        retried(
            "timed out", error(504, "timeout_error", "Timed out"), TIMEOUT, "error timeout_error"),
        retried("conflict", error(409, "conflict_error", "Busy"), SERVER, "error conflict_error"),
        retried("unavailable, no JSON", page(503, "Unavailable"), OVERLOADED, "HTTP 503"),
        retried("a gateway's page", page(502, "Bad gateway"), SERVER, "HTTP 502"),
        retried("Cloudflare timed out", page(524, "Timed out"), TIMEOUT, "HTTP 524"),
        retried("timed out, 408", error(408, "timeout", "Timed out"), TIMEOUT, "HTTP 408"),
        retried("connection reset", Reply.reset(), NETWORK, "SocketException"),
        retried("answer cut off", Reply.json(200, "{").ending(End.CUT), NETWORK, "EOFException"));
  }

  private static List<Row> ourFault() {
    String invalid = "invalid_request_error";
    return List.of(
        ends(
            "context length",
            error(400, invalid, "prompt is too long: 210000 tokens > 200000 maximum"),
            CONTEXT_LENGTH,
            "message \"prompt is too long\""),
        ends(
            "context length, with max_tokens",
            error(
                400,
                invalid,
                "input length and `max_tokens` exceed context limit: 199000 + 4096 > 200000"),
            CONTEXT_LENGTH,
            "message \"exceed context limit\""),
        ends("invalid", error(400, invalid, "messages: empty"), INVALID_REQUEST, "HTTP 400"),
        ends(
            "key",
            error(401, "authentication_error", "invalid x-api-key"),
            UNAUTHORIZED,
            "error authentication_error"),
        ends(
            "permission",
            error(403, "permission_error", "Not yours."),
            FORBIDDEN,
            "error permission_error"),
        ends(
            "model",
            error(404, "not_found_error", "model: claude-test"),
            NOT_FOUND,
            "error not_found_error"),
        ends(
            "too large",
            error(413, "request_too_large", "Request exceeds the maximum size"),
            INVALID_REQUEST,
            "error request_too_large"),
        ends("too large, no JSON", page(413, "Too large"), INVALID_REQUEST, "HTTP 413"));
  }

  @Override
  protected Stream<Row> streamingRows() {
    Row cutOff =
        retried(
            "stream: cut off before the first piece",
            Reply.events(start(), blockStart()).ending(End.CUT),
            NETWORK,
            "EOFException");
    return OLDEST ? Stream.of(cutOff) : Stream.concat(errorEvents(), Stream.of(cutOff));
  }

  private static Stream<Row> errorEvents() {
    return Stream.of(
        retried(
            "stream: overloaded at once",
            Reply.events(errorEvent("overloaded_error", "Overloaded")),
            OVERLOADED,
            "error overloaded_error"),
        retried(
            "stream: overloaded after its preamble",
            Reply.events(
                start(), blockStart(), ping(), errorEvent("overloaded_error", "Overloaded")),
            OVERLOADED,
            "error overloaded_error"),
        retried(
            "stream: internal",
            Reply.events(start(), errorEvent("api_error", "Internal")),
            SERVER,
            "error api_error"),
        retried(
            "stream: timed out",
            Reply.events(start(), errorEvent("timeout_error", "Timed out")),
            TIMEOUT,
            "error timeout_error"),
        retried(
            "stream: rate limit",
            Reply.events(start(), errorEvent("rate_limit_error", "Slower.")),
            RATE_LIMITED,
            "error rate_limit_error"),
        ends(
            "stream: invalid",
            Reply.events(errorEvent("invalid_request_error", "prompt is too long")),
            CONTEXT_LENGTH,
            "message \"prompt is too long\""));
  }

  /** In old versions a RuntimeException with the event as its message, and nobody's. */
  static Row unknownErrorEvent() {
    return ends(
        "stream: overloaded",
        Reply.events(start(), errorEvent("overloaded_error", "Overloaded")),
        UNKNOWN,
        "java.lang.RuntimeException");
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(
        Reply.events(
            start(), blockStart(), piece("Nothing "), errorEvent("overloaded_error", "Overloaded")),
        Reply.events(start(), blockStart(), piece("Nothing ")).ending(End.CUT));
  }

  private static Reply page(int status, String title) {
    return Reply.text(status, "text/html", "<html>" + title + "</html>");
  }
}
