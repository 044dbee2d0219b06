package dev.llmretry.providertests.openai;

import static dev.llmretry.FailureKind.CONTENT_FILTERED;
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
import static dev.llmretry.providertests.OpenAiFormat.error;
import static dev.llmretry.providertests.OpenAiFormat.errorEvent;
import static dev.llmretry.providertests.OpenAiFormat.piece;
import static dev.llmretry.providertests.OpenAiFormat.role;
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

/** What OpenAI and servers that speak like it answer, through openai-java. */
class OpenAiTest extends ProviderTest {

  private static final Reply RATE_LIMIT =
      error(429, "requests", "rate_limit_exceeded", "Rate limit reached for gpt-4o.");

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new OpenAiClient(url, timeout);
  }

  @Override
  protected Reply answer(Way way) {
    return way == Way.STREAMING
        ? Reply.events(role(), piece("Nothing "), piece("at all."), "data: [DONE]")
        : Reply.json(
            200,
            """
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
             "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
               "message": {"role": "assistant", "content": "Nothing at all.", "refusal": null}}]}
            """);
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(
            rateLimits(), quotas(), theirFault(), ourFault(), others(), headers(), timeouts())
        .flatMap(List::stream);
  }

  private static List<Row> rateLimits() {
    return List.of(
        retried("rate limit", RATE_LIMIT, RATE_LIMITED, "error rate_limit_exceeded"),
        retried(
            "rate limit, wait in the message",
            error(
                429,
                "tokens",
                "rate_limit_exceeded",
                "Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29500,"
                    + " Requested 728. Please try again in 456ms."),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(456)),
        new Row(
            "rate limit that stays",
            List.of(RATE_LIMIT, RATE_LIMIT, RATE_LIMIT),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            3,
            List.of(Duration.ofMillis(100), Duration.ofMillis(200))),
        retried(
            "slow down",
            error(429, "rate_limit_error", "slow_down", "Slow down.").with("retry-after", "2"),
            RATE_LIMITED,
            "error rate_limit_error",
            Duration.ofSeconds(2)),
        ends(
            "one request over the limit",
            error(
                429,
                "tokens",
                "rate_limit_exceeded",
                "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested"
                    + " 48000. Please try again in 36s."),
            CONTEXT_LENGTH,
            "message \"request too large for\""));
  }

  private static List<Row> quotas() {
    String words = "You exceeded your current quota, please check your plan and billing details.";
    return List.of(
        ends(
            "quota",
            error(429, "insufficient_quota", "insufficient_quota", words),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        ends(
            "quota, by its type",
            error(429, "insufficient_quota", null, words).with("retry-after", "1"),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        quota("credit_balance_exhausted"),
        quota("organization_spend_limit_exceeded"),
        quota("project_spend_limit_exceeded"),
        quota("organization_usage_limit_exceeded"));
  }

  private static Row quota(String code) {
    Reply reply = error(429, "rate_limit_error", code, "Over.").with("x-should-retry", "true");
    return ends(code, reply, QUOTA_EXHAUSTED, "error " + code);
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "overloaded",
            error(503, "service_unavailable_error", "server_is_overloaded", "Overloaded.")
                .with("retry-after", "1.5"),
            OVERLOADED,
            "error server_is_overloaded",
            Duration.ofMillis(1_500)),
        retried(
            "unavailable, by its type",
            error(503, "service_unavailable_error", null, "Unavailable."),
            OVERLOADED,
            "error service_unavailable_error"),
        retried(
            "slow down, with 503",
            error(503, "server_error", "slow_down", "Slow down."),
            OVERLOADED,
            "HTTP 503"),
        retried(
            "server error",
            error(500, "server_error", null, "The server had an error."),
            SERVER,
            "HTTP 500"),
        retried("conflict", error(409, "conflict", null, "Busy."), SERVER, "HTTP 409"),
        retried(
            "a gateway's page",
            Reply.text(502, "text/html", "<html>Bad gateway</html>"),
            SERVER,
            "HTTP 502"),
        retried("no body", Reply.text(504, "text/plain", ""), TIMEOUT, "HTTP 504"),
        retried("connection reset", Reply.reset(), NETWORK, "SocketException"),
        retried("answer cut off", Reply.json(200, "{").ending(End.CUT), NETWORK, "EOFException"));
  }

  private static List<Row> timeouts() {
    if (OLDEST) {
      return List.of(); // OkHttp makes up for a 408 by a second request of its own.
    }
    return List.of(
        retried(
            "timed out",
            error(408, "invalid_request_error", null, "Timed out."),
            TIMEOUT,
            "HTTP 408"));
  }

  private static List<Row> ourFault() {
    String invalid = "invalid_request_error";
    return List.of(
        ends(
            "key",
            error(401, invalid, "invalid_api_key", "Incorrect API key provided: sk-test."),
            UNAUTHORIZED,
            "error invalid_api_key"),
        ends(
            "address",
            error(401, invalid, "ip_not_authorized", "Your IP is not authorized."),
            UNAUTHORIZED,
            "error ip_not_authorized"),
        ends(
            "country",
            error(
                403,
                "request_forbidden",
                "unsupported_country_region_territory",
                "Country, region, or territory not supported."),
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
            "context length, in the message",
            error(400, invalid, null, "This model's maximum context length is 8192 tokens."),
            CONTEXT_LENGTH,
            "message \"maximum context length is\""),
        filtered("content_policy_violation"),
        filtered("content_filter"),
        filtered("image_content_policy_violation"),
        filtered("bio_policy"),
        filtered("misalignment_policy_violation"),
        ends(
            "filter, in the message",
            error(400, invalid, null, "Your request was rejected by our safety system."),
            CONTENT_FILTERED,
            "message \"safety system\""),
        ends(
            "invalid request",
            error(400, invalid, null, "Missing required parameter: 'model'."),
            INVALID_REQUEST,
            "HTTP 400"),
        ends(
            "invalid prompt",
            error(422, invalid, "invalid_prompt", "Invalid."),
            INVALID_REQUEST,
            "HTTP 422"));
  }

  private static Row filtered(String code) {
    Reply reply = error(400, "invalid_request_error", code, "Refused.");
    return ends(code, reply, CONTENT_FILTERED, "error " + code);
  }

  /** Servers that speak like OpenAI, but not quite. */
  private static List<Row> others() {
    Reply noErrorObject =
        Reply.json(
            400,
            """
            {"object": "error", "message": "This model's maximum context length is 4096 tokens.",
             "type": "BadRequestError", "param": null, "code": 400}
            """);
    return List.of(
        OLDEST // drops what is not in an "error"
            ? ends("vLLM: context length", noErrorObject, INVALID_REQUEST, "HTTP 400")
            : ends(
                "vLLM: context length",
                noErrorObject,
                CONTEXT_LENGTH,
                "message \"maximum context length is\""),
        retried(
            "Ollama: busy",
            Reply.json(503, "{\"error\": \"server busy, please try again.\"}"),
            OVERLOADED,
            "HTTP 503"),
        ends(
            "llama.cpp: context length",
            Reply.json(
                400,
                """
                {"error": {"code": 400, "type": "exceed_context_size_error",
                  "message": "the request exceeds the available context size"}}
                """),
            CONTEXT_LENGTH,
            "error exceed_context_size_error"),
        retried(
            "OpenRouter: a number as code",
            Reply.json(429, "{\"error\": {\"code\": 429, \"message\": \"Try again in 3s.\"}}"),
            RATE_LIMITED,
            "HTTP 429",
            Duration.ofSeconds(3)));
  }

  private static List<Row> headers() {
    return List.of(
        limited("retry-after", "retry-after", "7", Duration.ofSeconds(7)),
        limited(
            "retry-after, a date",
            "retry-after",
            "Tue, 01 Jan 2030 00:00:09 GMT",
            Duration.ofSeconds(9)),
        limited("retry-after-ms", "retry-after-ms", "456", Duration.ofMillis(456)),
        limited("retry-after that is past", "retry-after", "-1", Row.BACKOFF),
        retried(
            "retry-after and retry-after-ms",
            RATE_LIMIT.with("retry-after", "1").with("retry-after-ms", "456"),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(456)),
        retried(
            "reset of requests",
            RATE_LIMIT
                .with("x-ratelimit-remaining-requests", "0")
                .with("x-ratelimit-reset-requests", "1.2s")
                .with("x-ratelimit-remaining-tokens", "1000")
                .with("x-ratelimit-reset-tokens", "6m0s"),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(1_200)),
        retried(
            "reset of tokens",
            RATE_LIMIT
                .with("x-ratelimit-remaining-tokens", "0")
                .with("x-ratelimit-reset-tokens", "100ms"),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(100)),
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

  @Override
  protected Stream<Row> streamingRows() {
    return Stream.of(
        retried(
            "stream: server error",
            Reply.events(role(), errorEvent("server_error", null, "Failed.")),
            SERVER,
            "error server_error"),
        retried(
            "stream: rate limit",
            Reply.events(errorEvent("tokens", "rate_limit_exceeded", "Try again in 1.2s.")),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(1_200)),
        retried(
            "stream: overloaded",
            Reply.events(
                role(), errorEvent("service_unavailable_error", "server_is_overloaded", "Busy.")),
            OVERLOADED,
            "error server_is_overloaded"),
        ends(
            "stream: quota",
            Reply.events(errorEvent("insufficient_quota", "insufficient_quota", "Over.")),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        retried(
            "stream: OpenRouter, a status as code",
            Reply.events("data: {\"error\": {\"code\": 502, \"message\": \"Disconnected\"}}"),
            SERVER,
            "HTTP 502"),
        retried(
            "stream: cut off before the first piece",
            Reply.events(role()).ending(End.CUT),
            NETWORK,
            "EOFException"));
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(
        Reply.events(role(), piece("Nothing "), errorEvent("server_error", null, "Failed.")),
        Reply.events(role(), piece("Nothing ")).ending(End.CUT));
  }
}
