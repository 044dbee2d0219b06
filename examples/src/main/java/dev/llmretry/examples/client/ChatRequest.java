package dev.llmretry.examples.client;

import java.util.List;
import java.util.stream.Stream;

/**
 * A conversation to be answered. It holds nothing that is used up by sending it, so every attempt
 * can send it anew.
 *
 * @param model the provider's name of the model
 * @param messages the conversation so far
 * @param tools what the model may call
 */
public record ChatRequest(String model, List<Message> messages, List<Tool> tools) {

  /** Makes a request. */
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /** Returns a request without tools. */
  public static ChatRequest of(String model, Message... messages) {
    return new ChatRequest(model, List.of(messages), List.of());
  }

  /** Returns a request with the same conversation, continued by an answer and what follows it. */
  ChatRequest followedBy(Message answer, Message next) {
    return new ChatRequest(
        model, Stream.concat(messages.stream(), Stream.of(answer, next)).toList(), tools);
  }
}
