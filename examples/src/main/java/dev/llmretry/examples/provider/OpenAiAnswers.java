package dev.llmretry.examples.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The provider's answers, in the form that OpenAI's documentation gives. */
final class OpenAiAnswers {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private OpenAiAnswers() {}

  static Response answer(Request request) {
    JsonNode asked;
    try {
      asked = MAPPER.readTree(request.body());
    } catch (JsonProcessingException e) {
      return error(new Reply.Failure(400, Map.of(), "invalid_request_error", null, "No JSON"));
    }
    if (request.path().endsWith("/chat/completions")) {
      return chatCompletion(asked.path("model").asText(), text(asked));
    }
    if (request.path().endsWith("/embeddings")) {
      return new Response(200, Map.of(), embeddings(asked).toString());
    }
    return error(new Reply.Failure(404, Map.of(), "invalid_request_error", null, "Unknown URL"));
  }

  static Response saying(String text) {
    return chatCompletion("demo-model", text);
  }

  private static Response chatCompletion(String model, String text) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", "chatcmpl-1").put("object", "chat.completion");
    json.put("model", model);
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", "stop");
    json.putObject("usage").put("prompt_tokens", 9).put("completion_tokens", 12);
    return new Response(200, Map.of(), json.toString());
  }

  /** Returns the words of the answer to a request for a stream, each with the space after it. */
  static List<String> tokens(Request request) {
    try {
      return List.of(text(MAPPER.readTree(request.body())).split("(?<= )", -1));
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  /** Returns the chunk that comes first: it says who speaks. */
  static String roleChunk() {
    return chunk(MAPPER.createObjectNode().put("role", "assistant").put("content", ""), null);
  }

  static String chunk(String token) {
    return chunk(MAPPER.createObjectNode().put("content", token), null);
  }

  static String lastChunk() {
    return chunk(MAPPER.createObjectNode(), "stop");
  }

  private static String chunk(ObjectNode delta, @Nullable String finishReason) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", "chatcmpl-1").put("object", "chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finishReason);
    return json.toString();
  }

  /** Repeats what was said last, in JSON if that was asked for. */
  private static String text(JsonNode asked) {
    JsonNode messages = asked.path("messages");
    String text = "You said: " + messages.path(messages.size() - 1).path("content").asText();
    return asked.path("response_format").path("type").asText().equals("json_object")
        ? MAPPER.createObjectNode().put("reply", text).toString()
        : text;
  }

  /** Makes short vectors that depend on the text. */
  private static ObjectNode embeddings(JsonNode asked) {
    ObjectNode json = MAPPER.createObjectNode().put("object", "list");
    ArrayNode data = json.putArray("data");
    for (JsonNode text : asked.path("input")) {
      ObjectNode item = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      double angle = text.asText().hashCode();
      item.putArray("embedding").add(Math.sin(angle)).add(Math.cos(angle));
    }
    json.put("model", asked.path("model").asText());
    return json;
  }

  static Response error(Reply.Failure reply) {
    return new Response(reply.status(), reply.headers(), errorBody(reply));
  }

  /** Returns what an error says, in an answer of its own or in a stream. */
  static String errorBody(Reply.Failure reply) {
    ObjectNode json = MAPPER.createObjectNode();
    ObjectNode error = json.putObject("error");
    error.put("message", reply.message()).put("type", reply.type());
    error.putNull("param").put("code", reply.code());
    return json.toString();
  }
}
