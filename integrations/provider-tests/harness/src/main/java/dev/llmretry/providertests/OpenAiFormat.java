package dev.llmretry.providertests;

import org.jspecify.annotations.Nullable;

/** Responses and events of OpenAI's API, of which many providers have copies. */
public final class OpenAiFormat {

  private OpenAiFormat() {}

  /** Returns an error; {@code code} may be null. */
  public static Reply error(int status, String type, @Nullable String code, String message) {
    return Reply.json(status, errorBody(type, code, message));
  }

  public static String errorEvent(String type, @Nullable String code, String message) {
    return "event: error\ndata: " + errorBody(type, code, message);
  }

  public static String errorBody(String type, @Nullable String code, String message) {
    String quotedCode = code == null ? "null" : '"' + code + '"';
    return "{\"error\": {\"message\": \"%s\", \"type\": \"%s\", \"param\": null, \"code\": %s}}"
        .formatted(message, type, quotedCode);
  }

  /** Returns the first chunk, which has no text. */
  public static String role() {
    return chunk("{\"role\": \"assistant\", \"content\": \"\"}", "null");
  }

  public static String piece(String text) {
    return chunk("{\"content\": \"" + text + "\"}", "null");
  }

  /** Returns the chunk that says why the message ends. */
  public static String stop() {
    return chunk("{}", "\"stop\"");
  }

  private static String chunk(String delta, String finishReason) {
    return """
        data: {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1,\
         "model": "gpt-4o", "choices": [{"index": 0, "finish_reason": %s, "delta": %s}]}"""
        .formatted(finishReason, delta);
  }
}
