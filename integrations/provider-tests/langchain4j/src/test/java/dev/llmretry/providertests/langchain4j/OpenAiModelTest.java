package dev.llmretry.providertests.langchain4j;

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
import static dev.llmretry.providertests.OpenAiFormat.errorBody;
import static dev.llmretry.providertests.OpenAiFormat.piece;
import static dev.llmretry.providertests.OpenAiFormat.role;
import static dev.llmretry.providertests.OpenAiFormat.stop;
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

/** What OpenAI and servers that speak like it answer, through langchain4j-open-ai. */
class OpenAiModelTest extends ProviderTest {

  private static final Reply RATE_LIMIT =
      error(429, "requests", "rate_limit_exceeded", "Rate limit reached for gpt-4o.");

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return LangChain4jClient.ofOpenAi(url, timeout);
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
        ? Reply.events(role(), piece("Nothing "), piece("at all."), stop(), "data: [DONE]")
        : Reply.json(
            200,
            """
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
             "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
               "message": {"role": "assistant", "content": "Nothing at all.", "refusal": null}}],
             "usage": {"prompt_tokens": 1, "completion_tokens": 3, "total_tokens": 4}}
            """);
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(limits(), theirFault(), ourFault(), others()).flatMap(List::stream);
  }

  private static List<Row> limits() {
    String words = "You exceeded your current quota, please check your plan and billing details.";
    return List.of(
        retried("rate limit", RATE_LIMIT, RATE_LIMITED, "error rate_limit_exceeded"),
        retried(
            "rate limit, wait in the message",
            error(429, "tokens", "rate_limit_exceeded", "Please try again in 456ms."),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(456)),
        // LangChain4j drops the headers: the waits in them do not count, nor x-should-retry.
        retried(
            "retry-after",
            RATE_LIMIT.with("retry-after", "7"),
            RATE_LIMITED,
            "error rate_limit_exceeded"),
        ends(
            "x-should-retry",
            error(400, "invalid_request_error", null, "No.").with("x-should-retry", "true"),
            INVALID_REQUEST,
            "HTTP 400"),
        new Row(
            "rate limit that stays",
            List.of(RATE_LIMIT, RATE_LIMIT, RATE_LIMIT),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            3,
            List.of(Duration.ofMillis(100), Duration.ofMillis(200))),
        ends(
            "one request over the limit",
            error(429, "tokens", "rate_limit_exceeded", "Request too large for gpt-4o."),
            CONTEXT_LENGTH,
            "message \"request too large for\""),
        ends(
            "quota",
            error(429, "insufficient_quota", "insufficient_quota", words),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        ends(
            "quota, by its type",
            error(429, "insufficient_quota", null, words),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        ends(
            "spend limit",
            error(429, "rate_limit_error", "project_spend_limit_exceeded", "Over."),
            QUOTA_EXHAUSTED,
            "error project_spend_limit_exceeded"));
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "overloaded",
            error(503, "service_unavailable_error", "server_is_overloaded", "Overloaded."),
            OVERLOADED,
            "error server_is_overloaded"),
        retried(
            "server error",
            error(500, "server_error", null, "The server had an error."),
            SERVER,
            "HTTP 500"),
        retried("timed out", error(408, "timeout", null, "Timed out."), TIMEOUT, "HTTP 408"),
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

  private static List<Row> ourFault() {
    String invalid = "invalid_request_error";
    return List.of(
        ends(
            "key",
            error(401, invalid, "invalid_api_key", "Incorrect API key provided: sk-test."),
            UNAUTHORIZED,
            "error invalid_api_key"),
        ends(
            "country",
            error(403, "forbidden", "unsupported_country_region_territory", "Not supported."),
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
            error(400, invalid, "content_policy_violation", "Refused."),
            CONTENT_FILTERED,
            "error content_policy_violation"),
        ends(
            "filter, in the message",
            error(400, invalid, null, "Your request was rejected by our safety system."),
            CONTENT_FILTERED,
            "message \"safety system\""),
        ends(
            "invalid request",
            error(422, invalid, "invalid_prompt", "Invalid."),
            INVALID_REQUEST,
            "HTTP 422"));
  }

  /** Servers that speak like OpenAI, but not quite. */
  private static List<Row> others() {
    return List.of(
        ends(
            "vLLM: context length",
            Reply.json(
                400,
                """
                {"object": "error", "message": "This model's maximum context length is 4096.",
                 "type": "BadRequestError", "param": null, "code": 400}
                """),
            CONTEXT_LENGTH,
            "message \"maximum context length is\""),
        retried(
            "Ollama: busy",
            Reply.json(503, "{\"error\": \"server busy, please try again.\"}"),
            OVERLOADED,
            "HTTP 503"),
        retried(
            "OpenRouter: a number as code",
            Reply.json(429, "{\"error\": {\"code\": 429, \"message\": \"Try again in 3s.\"}}"),
            RATE_LIMITED,
            "HTTP 429",
            Duration.ofSeconds(3)));
  }

  @Override
  protected Stream<Row> streamingRows() {
    return Stream.of(
        retried(
            "stream: cut off before the first piece",
            Reply.events(role()).ending(End.CUT),
            NETWORK,
            "EOFException"));
  }

  /** Error events become RuntimeExceptions with the event as message, and nobody's. */
  static Row errorEvent() {
    return ends(
        "stream: overloaded",
        Reply.events(
            role(),
            "event: error\ndata: "
                + errorBody("service_unavailable_error", "server_is_overloaded", "Busy.")),
        UNKNOWN,
        "java.lang.RuntimeException");
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(Reply.events(role(), piece("Nothing ")).ending(End.CUT));
  }
}
