package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How AspectJ retries a method of a class.
 *
 * @param id the name and erased parameter types, by which the runtime identifies the method
 * @param isLoop whether the woven loop retries it; otherwise a method of the companion does
 * @param obstacle why it cannot be woven: {@code abstract}, {@code native}, …; null if it can
 * @param overridden the methods of superclasses that it overrides
 */
public record Weaving(
    String id, boolean isLoop, @Nullable String obstacle, List<String> overridden) {

  /** The number of leading parameters that an aspect can read and replace. */
  public static final int REACHABLE_PARAMETERS = 8;

  /** Creates it. */
  public Weaving {
    overridden = List.copyOf(overridden);
  }
}
