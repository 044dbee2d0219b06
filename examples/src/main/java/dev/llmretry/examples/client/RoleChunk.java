package dev.llmretry.examples.client;

import java.util.function.Predicate;

/**
 * Tells the preamble of an answer: the chunk that says who speaks, and has no text yet. Providers
 * send it before they know whether they can answer at all.
 */
public final class RoleChunk implements Predicate<ChatChunk> {

  @Override
  public boolean test(ChatChunk chunk) {
    return chunk.content().isEmpty() && chunk.finishReason() == null;
  }
}
