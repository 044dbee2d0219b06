package dev.llmretry.examples.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider in this process, so that the examples need no key. To the first question it answers in
 * the third attempt; then the account is empty.
 */
final class EmbeddedProvider implements AutoCloseable {

  /** An answer; {@code retryAfter} is in seconds, empty for none. */
  private record Reply(int status, String retryAfter, String json) {}

  private static final Reply ANTHROPIC_ANSWER =
      new Reply(
          200,
          "",
          """
          {"id": "msg_1", "type": "message", "role": "assistant",
            "model": "claude-haiku-4-5", "stop_reason": "end_turn", "stop_sequence": null,
            "content": [{"type": "text", "text": "Trying once more, later.",
              "citations": null}],
            "usage": {"input_tokens": 3, "output_tokens": 6}}""");

  private static final Reply OPENAI_OVERLOADED =
      new Reply(
          503,
          "",
          """
          {"error": {"message": "That model is currently overloaded.",
            "type": "service_unavailable_error", "param": null,
            "code": "server_is_overloaded"}}""");

  private static final Reply OPENAI_OUT_OF_CREDIT =
      new Reply(
          429,
          "",
          """
          {"error": {"message": "You exceeded your current quota.",
            "type": "insufficient_quota", "param": null, "code": "insufficient_quota"}}""");

  private final HttpServer server;
  private final Queue<Reply> script;
  private final AtomicInteger requests = new AtomicInteger();

  private EmbeddedProvider(List<Reply> script) {
    this.script = new ConcurrentLinkedQueue<>(script);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The provider cannot listen", e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  static EmbeddedProvider openAi() {
    return new EmbeddedProvider(
        List.of(
            new Reply(
                429,
                "1",
                """
                {"error": {"message": "Rate limit reached for gpt-4o-mini. Please try again in 1s.",
                  "type": "requests", "param": null, "code": "rate_limit_exceeded"}}"""),
            OPENAI_OVERLOADED,
            new Reply(
                200,
                "",
                """
                {"id": "chatcmpl-1", "object": "chat.completion", "created": 1,
                  "model": "gpt-4o-mini", "choices": [{"index": 0, "finish_reason": "stop",
                    "logprobs": null, "message": {"role": "assistant", "refusal": null,
                      "content": "Trying once more, later."}}]}"""),
            OPENAI_OUT_OF_CREDIT));
  }

  static EmbeddedProvider anthropic() {
    return new EmbeddedProvider(
        List.of(
            new Reply(
                429,
                "1",
                """
                {"type": "error", "error": {"type": "rate_limit_error",
                  "message": "This request would exceed your rate limit."}}"""),
            new Reply(
                529,
                "",
                """
                {"type": "error", "error": {"type": "overloaded_error",
                  "message": "Overloaded"}}"""),
            ANTHROPIC_ANSWER,
            new Reply(
                429,
                "",
                """
                {"type": "error", "error": {"type": "rate_limit_error",
                  "message": "You have reached your spend limit.",
                  "details": {"error_code": "enforced_spend_limit_reached"}}}""")));
  }

  /** A provider that is overloaded, and then out of credit. */
  static EmbeddedProvider failingOpenAi() {
    return new EmbeddedProvider(List.of(OPENAI_OVERLOADED, OPENAI_OUT_OF_CREDIT));
  }

  /** A provider that answers three questions. */
  static EmbeddedProvider answeringAnthropic() {
    return new EmbeddedProvider(Collections.nCopies(3, ANTHROPIC_ANSWER));
  }

  /** Ollama has no rate limits, and no accounts. */
  static EmbeddedProvider ollama() {
    return new EmbeddedProvider(
        List.of(
            new Reply(
                503,
                "",
                """
                {"error": "server busy, please try again. maximum pending requests exceeded"}"""),
            new Reply(
                503,
                "",
                """
                {"error": "server busy, please try again. maximum pending requests exceeded"}"""),
            new Reply(
                200,
                "",
                """
                {"model": "llama3.2", "created_at": "2026-01-01T00:00:00Z",
                  "message": {"role": "assistant", "content": "Trying once more, later."},
                  "done": true, "done_reason": "stop"}""")));
  }

  /** Returns the URL without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns how many requests there were. */
  int requests() {
    return requests.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      exchange.getRequestBody().readAllBytes();
      Reply planned = script.poll();
      Reply reply = planned == null ? new Reply(404, "", "{}") : planned;
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (!reply.retryAfter().isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
      }
      byte[] body = reply.json().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
