package dev.llmretry.examples.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From our records to OpenAI's JSON, and back. */
final class OpenAiJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Gateways may answer with whole web pages. */
  private static final int MAX_MESSAGE = 200;

  private OpenAiJson() {}

  static String chatRequest(ChatRequest request) {
    return chat(request).toString();
  }

  static String jsonRequest(ChatRequest request) {
    ObjectNode json = chat(request);
    json.putObject("response_format").put("type", "json_object");
    return json.toString();
  }

  static String streamRequest(ChatRequest request) {
    return chat(request).put("stream", true).toString();
  }

  private static ObjectNode chat(ChatRequest request) {
    ObjectNode json = MAPPER.createObjectNode().put("model", request.model());
    ArrayNode messages = json.putArray("messages");
    request.messages().forEach(message -> write(message, messages.addObject()));
    if (!request.tools().isEmpty()) {
      ArrayNode tools = json.putArray("tools");
      request.tools().forEach(tool -> write(tool, tools.addObject()));
    }
    return json;
  }

  private static void write(Message message, ObjectNode json) {
    json.put("role", message.role().name().toLowerCase(Locale.ROOT));
    json.put("content", message.content());
    if (message.toolCallId() != null) {
      json.put("tool_call_id", message.toolCallId());
    }
    if (!message.toolCalls().isEmpty()) {
      ArrayNode calls = json.putArray("tool_calls");
      for (ToolCall call : message.toolCalls()) {
        ObjectNode written = calls.addObject().put("id", call.id()).put("type", "function");
        written.putObject("function").put("name", call.name()).put("arguments", call.arguments());
      }
    }
  }

  private static void write(Tool tool, ObjectNode json) {
    ObjectNode function = json.put("type", "function").putObject("function");
    function.put("name", tool.name()).put("description", tool.description());
    try {
      function.set("parameters", MAPPER.readTree(tool.parameters()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The parameters of " + tool.name() + " are no JSON", e);
    }
  }

  static ChatResponse chatResponse(String body) throws InvalidAnswerException, HttpErrorException {
    try {
      JsonNode json = readAnswer(body);
      JsonNode choice = json.required("choices").required(0);
      JsonNode usage = json.path("usage");
      return new ChatResponse(
          message(choice.required("message")),
          new Usage(usage.path("prompt_tokens").asInt(), usage.path("completion_tokens").asInt()),
          finishReason(choice.path("finish_reason").asText()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidAnswerException("the answer is no chat completion", e);
    }
  }

  /** Reads what came with status 200, which may tell an error all the same. */
  private static JsonNode readAnswer(String body)
      throws JsonProcessingException, HttpErrorException {
    JsonNode json = MAPPER.readTree(body);
    if (json.hasNonNull("error")) {
      throw HttpErrorException.of(200, Map.of(), error(200, body));
    }
    return json;
  }

  /** Reads an event of a stream. */
  static ChatChunk chatChunk(String data) throws InvalidAnswerException, HttpErrorException {
    try {
      JsonNode json = readAnswer(data);
      JsonNode choice = json.required("choices").path(0);
      JsonNode delta = choice.path("delta");
      String reason = text(choice, "finish_reason");
      return new ChatChunk(
          delta.hasNonNull("role") ? Role.ASSISTANT : null,
          Objects.requireNonNullElse(text(delta, "content"), ""),
          reason == null ? null : finishReason(reason));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidAnswerException("the event is no part of a chat completion", e);
    }
  }

  private static Message message(JsonNode json) {
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode call : json.path("tool_calls")) {
      JsonNode function = call.required("function");
      calls.add(
          new ToolCall(
              call.required("id").asText(),
              function.required("name").asText(),
              function.path("arguments").asText()));
    }
    return new Message(Role.ASSISTANT, json.path("content").asText(""), calls, null);
  }

  private static FinishReason finishReason(String text) {
    return switch (text) {
      case "stop" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      case "tool_calls" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> FinishReason.OTHER;
    };
  }

  static String embeddingRequest(String model, List<String> texts) {
    ObjectNode json = MAPPER.createObjectNode().put("model", model);
    ArrayNode input = json.putArray("input");
    texts.forEach(input::add);
    return json.toString();
  }

  static List<Embedding> embeddings(String body) throws InvalidAnswerException, HttpErrorException {
    try {
      List<Embedding> embeddings = new ArrayList<>();
      for (JsonNode item : readAnswer(body).required("data")) {
        List<Double> vector = new ArrayList<>();
        item.required("embedding").forEach(coordinate -> vector.add(coordinate.asDouble()));
        embeddings.add(new Embedding(vector));
      }
      return embeddings;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidAnswerException("the answer holds no embeddings", e);
    }
  }

  /** Reads the body of an error; one that is no JSON, such as a gateway's page, is the message. */
  static ErrorBody error(int status, String body) {
    JsonNode error;
    try {
      error = MAPPER.readTree(body).path("error");
    } catch (JsonProcessingException e) {
      String text = body.strip();
      return new ErrorBody(
          "HTTP " + status + ": " + text.substring(0, Math.min(text.length(), MAX_MESSAGE)),
          null,
          null);
    }
    String message = text(error, "message");
    return new ErrorBody(
        message == null ? "HTTP " + status : message, text(error, "code"), text(error, "type"));
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
