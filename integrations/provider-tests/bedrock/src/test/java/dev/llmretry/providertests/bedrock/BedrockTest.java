package dev.llmretry.providertests.bedrock;

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
import static dev.llmretry.providertests.Row.ends;
import static dev.llmretry.providertests.Row.retried;

import dev.llmretry.FailureKind;
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

/** What Amazon Bedrock answers, through the AWS SDK for Java 2.x. */
class BedrockTest extends ProviderTest {

  private static final Reply THROTTLED =
      error(429, "ThrottlingException", "Too many requests, please wait before trying again.");

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new BedrockClient(url, timeout);
  }

  @Override
  protected Reply answer(Way way) {
    return way == Way.STREAMING
        ? EventStream.reply(start(), piece("Nothing "), piece("at all."), stop())
        : Reply.json(
            200,
            """
            {"output": {"message": {"role": "assistant", "content": [{"text": "Nothing at all."}]}},
             "stopReason": "end_turn", "metrics": {"latencyMs": 1},
             "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}}
            """);
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(limits(), theirFault(), models(), ourFault()).flatMap(List::stream);
  }

  @Override
  protected Stream<Row> rows(Way way) {
    String reason =
        switch (way) {
          case BLOCKING -> OLDEST ? "IOException" : "ConnectionClosedException";
          case ASYNC -> "JsonEOFException";
          case STREAMING -> "EOFException";
        };
    Reply cut = Reply.json(200, "{").ending(End.CUT);
    return Stream.concat(rows(), Stream.of(retried("answer cut off", cut, NETWORK, reason)));
  }

  private static List<Row> limits() {
    return List.of(
        retried("throttled", THROTTLED, RATE_LIMITED, "error ThrottlingException"),
        new Row(
            "throttled for long",
            List.of(THROTTLED, THROTTLED, THROTTLED),
            RATE_LIMITED,
            "error ThrottlingException",
            3,
            List.of(Duration.ofMillis(100), Duration.ofMillis(200))),
        retried(
            "throttled, retry-after",
            THROTTLED.with("retry-after", "7"),
            RATE_LIMITED,
            "error ThrottlingException",
            Duration.ofSeconds(7)),
        retried(
            "throttled, x-amz-retry-after",
            THROTTLED.with("x-amz-retry-after", "1500"),
            RATE_LIMITED,
            "error ThrottlingException",
            Duration.ofMillis(1_500)),
        retried(
            "throttled, by a name of other services",
            error(400, "ProvisionedThroughputExceededException", "Slow down."),
            RATE_LIMITED,
            "error ThrottlingException"),
        ends(
            "throttled, a day's tokens",
            error(429, "ThrottlingException", "Too many tokens per day, please wait."),
            QUOTA_EXHAUSTED,
            "message \"too many tokens per day\""),
        ends(
            "quota",
            error(400, "ServiceQuotaExceededException", "Your request exceeds the quota."),
            QUOTA_EXHAUSTED,
            "error ServiceQuotaExceededException"));
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "model not ready",
            error(429, "ModelNotReadyException", "The model is not ready to serve requests."),
            OVERLOADED,
            "error ModelNotReadyException"),
        retried(
            "unavailable",
            error(503, "ServiceUnavailableException", "The service is unavailable."),
            OVERLOADED,
            "error ServiceUnavailableException"),
        retried(
            "internal error",
            error(500, "InternalServerException", "An internal server error occurred."),
            SERVER,
            "error InternalServerException"),
        retried(
            "model timed out",
            error(408, "ModelTimeoutException", "Processing time exceeds the model's timeout."),
            TIMEOUT,
            "error ModelTimeoutException"),
        retried(
            "type in the body",
            Reply.json(503, "{\"__type\": \"a.b#ServiceUnavailableException\", \"message\": \"\"}"),
            OVERLOADED,
            "error ServiceUnavailableException"),
        retried(
            "a gateway's page",
            Reply.text(502, "text/html", "<html>Bad gateway</html>"),
            SERVER,
            "HTTP 502"),
        retried("no body", Reply.text(504, "text/plain", ""), TIMEOUT, "HTTP 504"),
        retried("connection reset", Reply.reset(), NETWORK, "SocketException"));
  }

  /** The status of the model behind Bedrock counts. */
  private static List<Row> models() {
    return List.of(
        retried(
            "model error",
            error(424, "ModelErrorException", "The model failed."),
            SERVER,
            "HTTP 424"),
        retried("model error 500", modelError(500), SERVER, "HTTP 500").withStatus(500),
        retried("model error 429", modelError(429), RATE_LIMITED, "HTTP 429").withStatus(429),
        ends("model error 400", modelError(400), INVALID_REQUEST, "HTTP 400").withStatus(400),
        ends("model error 404", modelError(404), NOT_FOUND, "HTTP 404").withStatus(404));
  }

  private static Reply modelError(int originalStatus) {
    return Reply.json(
            424,
            """
            {"message": "Failed.", "originalStatusCode": %d, "resourceName": "test.model-v1"}
            """
                .formatted(originalStatus))
        .with("x-amzn-ErrorType", "ModelErrorException");
  }

  private static List<Row> ourFault() {
    return List.of(
        ends(
            "validation",
            error(400, "ValidationException", "Malformed input request."),
            INVALID_REQUEST,
            "HTTP 400"),
        tooLong("Input is too long for requested model.", "input is too long"),
        tooLong("Too many input tokens. Max input tokens: 8192.", "too many input tokens"),
        tooLong("expected maxLength: 100000, actual: 120000", "expected maxlength"),
        ends(
            "access",
            error(403, "AccessDeniedException", "You don't have access to the model."),
            FORBIDDEN,
            "error AccessDeniedException"),
        ends(
            "model",
            error(404, "ResourceNotFoundException", "Could not resolve the foundation model."),
            NOT_FOUND,
            "error ResourceNotFoundException"),
        ends(
            "conflict",
            error(400, "ConflictException", "Conflict."),
            INVALID_REQUEST,
            "error ConflictException"),
        ends(
            "credentials",
            error(403, "UnrecognizedClientException", "The security token is invalid."),
            FORBIDDEN,
            "HTTP 403"));
  }

  private static Row tooLong(String message, String phrase) {
    Reply reply = error(400, "ValidationException", message);
    return ends(phrase, reply, CONTEXT_LENGTH, "message \"" + phrase + '"');
  }

  @Override
  protected Stream<Row> streamingRows() {
    String name = "stream: model error 429";
    Reply modelError =
        exception(
            "modelStreamErrorException",
            "{\"message\": \"Failed.\", \"originalStatusCode\": 429,"
                + " \"originalMessage\": \"Slow down.\"}");
    return Stream.of(
        broken("throttlingException", RATE_LIMITED, "error ThrottlingException"),
        broken("serviceUnavailableException", OVERLOADED, "error ServiceUnavailableException"),
        broken("internalServerException", SERVER, "error InternalServerException"),
        broken("modelTimeoutException", TIMEOUT, "error ModelTimeoutException"),
        broken("modelStreamErrorException", SERVER, "error ModelStreamErrorException"),
        OLDEST // gives exceptions in streams no class of their own
            ? retried(name, modelError, SERVER, "error ModelStreamErrorException")
            : retried(name, modelError, RATE_LIMITED, "HTTP 429").withStatus(429),
        ends(
            "stream: validationException",
            exception("validationException", "{\"message\": \"Input is too long.\"}"),
            CONTEXT_LENGTH,
            "message \"input is too long\""),
        retried(
                "stream: an unknown error",
                EventStream.reply(start(), EventStream.error("InternalFailure", "Failed.")),
                SERVER,
                "HTTP 500")
            .withStatus(500),
        retried(
            "stream: cut off before the first piece",
            EventStream.reply(start()).ending(End.CUT),
            NETWORK,
            "EOFException"));
  }

  private static Row broken(String type, FailureKind kind, String reason) {
    return retried("stream: " + type, exception(type, "{\"message\": \"Failed.\"}"), kind, reason);
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(
        EventStream.reply(
            start(),
            piece("Nothing "),
            EventStream.exception("throttlingException", "{\"message\": \"Failed.\"}")),
        EventStream.reply(start(), piece("Nothing ")).ending(End.CUT));
  }

  private static Reply exception(String type, String json) {
    return EventStream.reply(start(), EventStream.exception(type, json));
  }

  private static Reply error(int status, String type, String message) {
    return Reply.json(status, "{\"message\": \"" + message + "\"}").with("x-amzn-ErrorType", type);
  }

  private static byte[] start() {
    return EventStream.event("messageStart", "{\"role\": \"assistant\"}");
  }

  private static byte[] piece(String text) {
    return EventStream.event(
        "contentBlockDelta", "{\"contentBlockIndex\": 0, \"delta\": {\"text\": \"" + text + "\"}}");
  }

  private static byte[] stop() {
    return EventStream.event("messageStop", "{\"stopReason\": \"end_turn\"}");
  }
}
