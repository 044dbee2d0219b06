package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of ours that hold for a method.
 *
 * @param own those {@code @LlmRetry} and composed annotations that are written on it, in the order
 *     of the source
 * @param inherited those on the methods it overrides, where it has none of its own
 * @param noRetry its {@code @NoRetry}, if it has one
 */
public record RetryAnnotations(
    List<Written> own, List<Written> inherited, @Nullable Position noRetry) {

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
   * @param use where it is written
   */
  public record Written(String name, String owner, Policy policy, Position use) {}
}
