package dev.llmretry.providertests;

/** Responses and events of Anthropic's API. */
public final class AnthropicFormat {

  private AnthropicFormat() {}

  public static Reply error(int status, String type, String message) {
    return Reply.json(status, errorBody(type, message));
  }

  /** Returns an error that says in its details what the limit is. */
  public static Reply limit(int status, String type, String code) {
    return Reply.json(
        status,
        """
        {"type": "error", "request_id": "req_1",
         "error": {"type": "%s", "message": "No more.",
           "details": {"error_code": "%s"}}}
        """
            .formatted(type, code));
  }

  public static String errorEvent(String type, String message) {
    return event("error", errorBody(type, message));
  }

  public static String errorBody(String type, String message) {
    return "{\"type\": \"error\", \"error\": {\"type\": \"%s\", \"message\": \"%s\"}}"
        .formatted(type, message);
  }

  public static String start() {
    return event(
        "message_start",
        """
        {"type": "message_start", "message": {"id": "msg_1", "type": "message",\
         "role": "assistant", "model": "claude-test", "content": [], "stop_reason": null,\
         "stop_sequence": null, "usage": {"input_tokens": 3, "output_tokens": 1}}}""");
  }

  public static String blockStart() {
    return event(
        "content_block_start",
        """
        {"type": "content_block_start", "index": 0,\
         "content_block": {"type": "text", "text": ""}}""");
  }

  public static String ping() {
    return event("ping", "{\"type\": \"ping\"}");
  }

  public static String piece(String text) {
    return event(
        "content_block_delta",
        """
        {"type": "content_block_delta", "index": 0,\
         "delta": {"type": "text_delta", "text": "%s"}}"""
            .formatted(text));
  }

  public static String blockStop() {
    return event("content_block_stop", "{\"type\": \"content_block_stop\", \"index\": 0}");
  }

  /** Returns the event that says why the message ends. */
  public static String delta() {
    return event(
        "message_delta",
        """
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": null},\
         "usage": {"output_tokens": 4}}""");
  }

  public static String stop() {
    return event("message_stop", "{\"type\": \"message_stop\"}");
  }

  public static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data;
  }
}
