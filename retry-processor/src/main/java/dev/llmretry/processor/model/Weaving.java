package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How AspectJ reaches a method of a class.
 *
 * @param id the method's name and the erased types of its parameters, as the runtime has them
 * @param isLoop whether the loop that is woven in retries it; else a method of the companion does
 * @param obstacle why it cannot be woven: {@code abstract}, {@code native}, …; null if it can
 * @param overridden the methods of superclasses that it overrides
 */
public record Weaving(
    String id, boolean isLoop, @Nullable String obstacle, List<String> overridden) {

  /** How many arguments an aspect can replace, and among how many it finds the token. */
  public static final int REACHABLE_PARAMETERS = 8;

  /** Makes it. */
  public Weaving {
    overridden = List.copyOf(overridden);
  }
}
