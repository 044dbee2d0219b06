package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of ours that hold for a method.
 *
 * @param own those {@code @LlmRetry} and composed annotations that are written on it, in the order
 *     of the source
 * @param inherited where it has none of its own, those on the methods it overrides; where there are
 *     none, those on the nearest interfaces that have it
 * @param noRetry its {@code @NoRetry}, if it has one; else one that it inherits
 */
public record RetryAnnotations(
    List<RetryAnnotation> own, List<RetryAnnotation> inherited, @Nullable OptOut noRetry) {

  /** Makes annotations. */
  public RetryAnnotations {
    own = List.copyOf(own);
    inherited = List.copyOf(inherited);
  }

  /**
   * An annotation as written.
   *
   * @param name its simple name
   * @param owner the type on which, or in which, it is written
   * @param policy its settings
   * @param at where it is written
   */
  public record RetryAnnotation(String name, String owner, Policy policy, Position at) {}

  /**
   * A {@code @NoRetry}.
   *
   * @param owner the type in which it is written
   * @param at where it is written
   */
  public record OptOut(String owner, Position at) {}
}
