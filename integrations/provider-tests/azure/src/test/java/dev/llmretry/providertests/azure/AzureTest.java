package dev.llmretry.providertests.azure;

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

/** What Azure OpenAI answers, through azure-ai-openai. */
class AzureTest extends ProviderTest {

  private static final Reply RATE_LIMIT =
      error(429, "429", "Requests have exceeded the call rate limit of your pricing tier.");

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new AzureClient(url, timeout);
  }

  @Override
  protected Reply answer(Way way) {
    return way == Way.STREAMING
        ? Reply.events(prompt(), role(), piece("Nothing "), piece("at all."), "data: [DONE]")
        : Reply.json(
            200,
            """
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
             "choices": [{"index": 0, "finish_reason": "stop",
               "message": {"role": "assistant", "content": "Nothing at all."}}],
             "usage": {"completion_tokens": 1, "prompt_tokens": 1, "total_tokens": 2}}
            """);
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(limits(), theirFault(), filters(), ourFault()).flatMap(List::stream);
  }

  private static List<Row> limits() {
    return List.of(
        retried("rate limit", RATE_LIMIT, RATE_LIMITED, "HTTP 429"),
        new Row(
            "rate limit that stays",
            List.of(RATE_LIMIT, RATE_LIMIT, RATE_LIMIT),
            RATE_LIMITED,
            "HTTP 429",
            3,
            List.of(Duration.ofMillis(100), Duration.ofMillis(200))),
        retried(
            "rate limit, wait in the message",
            error(429, "429", "Please retry after 37 seconds. Please contact Azure support."),
            RATE_LIMITED,
            "HTTP 429",
            Duration.ofSeconds(37)),
        retried(
            "rate limit, by its code",
            error(429, "RateLimitReached", "Rate limit reached."),
            RATE_LIMITED,
            "error RateLimitReached"),
        retried(
            "retry-after-ms before retry-after",
            RATE_LIMIT.with("retry-after-ms", "456").with("retry-after", "1"),
            RATE_LIMITED,
            "HTTP 429",
            Duration.ofMillis(456)),
        retried(
            "x-ms-retry-after-ms",
            RATE_LIMIT.with("x-ms-retry-after-ms", "789"),
            RATE_LIMITED,
            "HTTP 429",
            Duration.ofMillis(789)),
        ends(
            "retry-after of a day",
            RATE_LIMIT.with("retry-after", "86400"),
            RATE_LIMITED,
            "HTTP 429"),
        ends(
            "quota",
            error(429, "insufficient_quota", "You exceeded your current quota."),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"));
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "high demand",
            error(
                429,
                "429",
                "The system is currently experiencing high demand and cannot process your"
                    + " request. Your request exceeds the maximum usage size allowed during peak"
                    + " load."),
            OVERLOADED,
            "message \"experiencing high demand\""),
        retried(
            "unavailable",
            error(503, "ServiceUnavailable", "The service is temporarily unavailable."),
            OVERLOADED,
            "HTTP 503"),
        retried(
            "internal error",
            error(500, "InternalServerError", "The server had an error."),
            SERVER,
            "HTTP 500"),
        retried(
            "timed out", error(408, "Timeout", "The operation was timeout."), TIMEOUT, "HTTP 408"),
        retried(
            "a gateway's page",
            Reply.text(502, "text/html", "<html>Bad gateway</html>"),
            SERVER,
            "HTTP 502"),
        retried("no body", Reply.text(504, "text/plain", ""), TIMEOUT, "HTTP 504"),
        retried("connection reset", Reply.reset(), NETWORK, "IOException"),
        retried("answer cut off", Reply.json(200, "{").ending(End.CUT), NETWORK, "IOException"));
  }

  private static List<Row> filters() {
    String inner = "\"innererror\": {\"code\": \"ResponsibleAIPolicyViolation\"}";
    return List.of(
        ends(
            "filter",
            Reply.json(
                400,
                "{\"error\": {\"code\": \"content_filter\", \"message\": \"Filtered.\", "
                    + inner
                    + "}}"),
            CONTENT_FILTERED,
            "error content_filter"),
        ends(
            "filter, by the inner code alone",
            Reply.json(
                400, "{\"error\": {\"code\": \"400\", \"message\": \"No.\", " + inner + "}}"),
            CONTENT_FILTERED,
            "error ResponsibleAIPolicyViolation"),
        ends(
            "filter, in the message",
            error(400, "400", "The prompt triggered Azure OpenAI's content management policy."),
            CONTENT_FILTERED,
            "message \"content management policy\""));
  }

  private static List<Row> ourFault() {
    return List.of(
        ends(
            "key",
            error(401, "401", "Access denied due to invalid subscription key."),
            UNAUTHORIZED,
            "HTTP 401"),
        ends("network rules", error(403, "403", "Access denied."), FORBIDDEN, "HTTP 403"),
        ends(
            "deployment",
            error(404, "DeploymentNotFound", "The API deployment does not exist."),
            NOT_FOUND,
            "error DeploymentNotFound"),
        ends(
            "context length",
            error(400, "context_length_exceeded", "Too long."),
            CONTEXT_LENGTH,
            "error context_length_exceeded"),
        ends(
            "invalid request",
            error(400, "BadRequest", "Invalid value for 'model'."),
            INVALID_REQUEST,
            "HTTP 400"));
  }

  @Override
  protected Stream<Row> streamingRows() {
    return Stream.of(
        retried(
            "stream: cut off before the first piece",
            Reply.events(prompt(), role()).ending(End.CUT),
            NETWORK,
            "IOException"),
        // Of an error event the SDK makes an answer without choices: null, and nothing else to see.
        ends(
                "stream: an error event",
                Reply.events(prompt(), errorEvent()),
                UNKNOWN,
                "java.lang.NullPointerException")
            .withStatus(0));
  }

  /** An answer that is cut off is none of these: the error may overtake pieces that came before. */
  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(Reply.events(prompt(), role(), piece("Nothing "), errorEvent()));
  }

  private static String errorEvent() {
    return "data: {\"error\": {\"code\": \"429\", \"message\": \"Please retry after 3 seconds.\"}}";
  }

  private static String prompt() {
    return """
        data: {"id": "", "object": "", "created": 0, "model": "", "choices": [],\
         "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {}}]}""";
  }

  private static Reply error(int status, String code, String message) {
    return Reply.json(
        status, "{\"error\": {\"code\": \"%s\", \"message\": \"%s\"}}".formatted(code, message));
  }
}
