package dev.llmretry.benchmarks.callers.provider;

import java.util.Locale;
import java.util.Map;

/** The format in which a provider answers. */
enum Dialect {
  OPENAI("/v1/chat/completions") {
    @Override
    String body(Reply reply) {
      return switch (reply.status()) {
        case Reply.OK ->
            """
            {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o",
             "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
               "message": {"role": "assistant", "content": "Hello.", "refusal": null}}]}
            """;
        case Reply.RATE_LIMITED ->
            """
            {"error": {"message": "Rate limit reached for gpt-4o in organization org-1 on requests \
            per min (RPM). Please try again in %dms.", "type": "requests", "param": null,
             "code": "rate_limit_exceeded"}}
            """
                .formatted(millis(reply));
        default ->
            """
            {"error": {"message": "The server is currently overloaded.", "type": "server_error",
             "param": null, "code": null}}
            """;
      };
    }

    @Override
    Map<String, String> hint(Reply reply) {
      return Map.of("retry-after-ms", Long.toString(millis(reply)), RETRY_AFTER, seconds(reply));
    }
  },

  ANTHROPIC("/v1/messages") {
    @Override
    String body(Reply reply) {
      return switch (reply.status()) {
        case Reply.OK ->
            """
            {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-test",
             "content": [{"type": "text", "text": "Hello."}], "stop_reason": "end_turn",
             "stop_sequence": null, "usage": {"input_tokens": 9, "output_tokens": 2}}
            """;
        case Reply.RATE_LIMITED ->
            error("rate_limit_error", "This request would exceed your rate limit.");
        default -> error("api_error", "The service is unavailable.");
      };
    }

    private String error(String type, String message) {
      return """
          {"type": "error", "error": {"type": "%s", "message": "%s"}}
          """
          .formatted(type, message);
    }
  },

  OLLAMA("/api/chat") {
    @Override
    String body(Reply reply) {
      return switch (reply.status()) {
        case Reply.OK ->
            """
            {"model": "llama", "created_at": "2030-01-01T00:00:00Z", "done": true,
             "message": {"role": "assistant", "content": "Hello."}}
            """;
        case Reply.RATE_LIMITED -> "{\"error\": \"too many requests\"}";
        default -> "{\"error\": \"server busy, please try again\"}";
      };
    }
  };

  private static final String RETRY_AFTER = "retry-after";

  private final String path;

  Dialect(String path) {
    this.path = path;
  }

  static Dialect ofPath(String path) {
    for (Dialect dialect : values()) {
      if (dialect.path.equals(path)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("No provider has the path " + path);
  }

  abstract String body(Reply reply);

  /** Returns the headers that say when to come back. */
  Map<String, String> hint(Reply reply) {
    return Map.of(RETRY_AFTER, seconds(reply));
  }

  private static long millis(Reply reply) {
    return (long) Math.ceil(reply.retryAfter() * 1_000);
  }

  private static String seconds(Reply reply) {
    return String.format(Locale.ROOT, "%.0f", Math.ceil(reply.retryAfter()));
  }
}
