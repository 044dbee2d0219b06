package com.acme;

import java.util.function.Predicate;

public final class RoleChunk implements Predicate<ChatChunk> {
  @Override
  public boolean test(ChatChunk chunk) {
    return chunk.text().isEmpty();
  }
}
