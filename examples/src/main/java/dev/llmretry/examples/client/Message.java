package dev.llmretry.examples.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One contribution to a conversation.
 *
 * @param role who says it
 * @param content the text; empty if there is none
 * @param toolCalls what the assistant wants called
 * @param toolCallId which call a {@link Role#TOOL} message answers, else null
 */
public record Message(
    Role role, String content, List<ToolCall> toolCalls, @Nullable String toolCallId) {

  /** Makes a message. */
  public Message {
    toolCalls = List.copyOf(toolCalls);
  }

  /** Returns a message of the system. */
  public static Message system(String content) {
    return new Message(Role.SYSTEM, content, List.of(), null);
  }

  /** Returns a message of the user. */
  public static Message user(String content) {
    return new Message(Role.USER, content, List.of(), null);
  }

  /** Returns the result of a tool. */
  public static Message tool(String toolCallId, String result) {
    return new Message(Role.TOOL, result, List.of(), toolCallId);
  }
}
