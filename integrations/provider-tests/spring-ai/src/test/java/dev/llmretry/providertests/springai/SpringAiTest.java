package dev.llmretry.providertests.springai;

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

/**
 * What Ollama, and gateways to other providers, answer through Spring AI. Its blocking calls throw
 * Spring AI's own exceptions; the others, those of WebClient.
 */
class SpringAiTest extends ProviderTest {

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new SpringAiClient(url, timeout);
  }

  /** The time-out of java.net.http, under WebClient here, ends with the headers. */
  @Override
  protected boolean hearsSilenceHalfway(Way way) {
    return way == Way.BLOCKING;
  }

  @Override
  protected Reply answer(Way way) {
    return way == Way.BLOCKING
        ? Reply.json(200, chunk("Nothing at all.", true))
        : lines(chunk("Nothing ", false), chunk("at all.", false), chunk("", true));
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(ollama(), limits(), theirFault(), ourFault()).flatMap(List::stream);
  }

  private static List<Row> ollama() {
    return List.of(
        retried(
            "busy",
            Reply.json(
                503, "{\"error\": \"server busy, please try again.  maximum pending requests\"}"),
            OVERLOADED,
            "HTTP 503"),
        ends(
            "model",
            Reply.json(404, "{\"error\": \"model \\\"m\\\" not found, try pulling it first\"}"),
            NOT_FOUND,
            "HTTP 404"),
        ends(
            "tools",
            Reply.json(400, "{\"error\": \"m does not support tools\"}"),
            UNSUPPORTED,
            "message \"does not support tools\""),
        retried(
            "cancelled", Reply.json(499, "{\"error\": \"request canceled\"}"), SERVER, "HTTP 499"));
  }

  private static List<Row> limits() {
    return List.of(
        retried(
            "rate limit",
            error(429, "requests", "rate_limit_exceeded", "Rate limit reached."),
            RATE_LIMITED,
            "error rate_limit_exceeded"),
        retried(
            "rate limit, wait in the message",
            error(429, "tokens", "rate_limit_exceeded", "Please try again in 456ms."),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofMillis(456)),
        ends(
            "quota",
            error(429, "insufficient_quota", "insufficient_quota", "Over."),
            QUOTA_EXHAUSTED,
            "error insufficient_quota"),
        ends(
            "spend limit",
            Reply.json(
                429,
                """
                {"type": "error", "error": {"type": "rate_limit_error", "message": "No more.",
                  "details": {"error_code": "enforced_spend_limit_reached"}}}
                """),
            QUOTA_EXHAUSTED,
            "error enforced_spend_limit_reached"));
  }

  private static List<Row> theirFault() {
    return List.of(
        retried(
            "overloaded",
            Reply.json(529, "{\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\"}}"),
            OVERLOADED,
            "error overloaded_error"),
        retried("server error", error(500, "server_error", null, "Failed."), SERVER, "HTTP 500"),
        retried("timed out", error(408, "timeout", null, "Timed out."), TIMEOUT, "HTTP 408"),
        retried(
            "a gateway's page",
            Reply.text(502, "text/html", "<html>Bad gateway</html>"),
            SERVER,
            "HTTP 502"),
        retried("connection reset", Reply.reset(), NETWORK, "SocketException"));
  }

  private static List<Row> ourFault() {
    return List.of(
        ends(
            "permission",
            error(403, "permission_error", null, "Not yours."),
            FORBIDDEN,
            "error permission_error"),
        ends(
            "context length",
            error(400, "exceed_context_size_error", null, "Too long."),
            CONTEXT_LENGTH,
            "error exceed_context_size_error"),
        ends("teapot", error(418, null, null, "Teapot."), UNKNOWN, "HTTP 418"),
        ends("invalid", error(422, "invalid", null, "No."), INVALID_REQUEST, "HTTP 422"));
  }

  @Override
  protected Stream<Row> streamingRows() {
    return Stream.of(
        // HttpURLConnection, under the blocking calls here, gives no body of a 401.
        ends(
            "key",
            error(401, "authentication_error", null, "No."),
            UNAUTHORIZED,
            "error authentication_error"),
        // The headers reach WebClient's exceptions, and no others.
        retried(
            "retry-after",
            error(429, "requests", "rate_limit_exceeded", "Slower.").with("retry-after", "7"),
            RATE_LIMITED,
            "error rate_limit_exceeded",
            Duration.ofSeconds(7)),
        retried(
            "stream: cut off before the first piece",
            lines(chunk("", false)).ending(End.CUT),
            NETWORK,
            "EOFException"));
  }

  @Override
  protected Stream<Reply> streamsThatBreak() {
    return Stream.of(lines(chunk("Nothing ", false)).ending(End.CUT));
  }

  private static Reply error(int status, String type, String code, String message) {
    return Reply.json(
        status,
        "{\"error\": {\"message\": \"%s\", \"type\": %s, \"code\": %s}}"
            .formatted(message, quoted(type), quoted(code)));
  }

  private static String quoted(String text) {
    return text == null ? "null" : '"' + text + '"';
  }

  private static Reply lines(String... lines) {
    return Reply.text(200, "application/x-ndjson", String.join("\n", lines) + "\n");
  }

  private static String chunk(String text, boolean done) {
    return """
        {"model": "m", "created_at": "2030-01-01T00:00:00Z", "done": %s,\
         "message": {"role": "assistant", "content": "%s"}}"""
        .formatted(done, text);
  }
}
