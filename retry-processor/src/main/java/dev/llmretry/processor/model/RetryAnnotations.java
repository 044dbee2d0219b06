package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retry annotations that may apply to a method.
 *
 * @param own the {@code @LlmRetry} and composed annotations on the method, in source order
 * @param inherited if it has none, those on the methods it overrides; if these have none, those on
 *     the most specific interfaces that declare it
 * @param noRetry its own or inherited {@code @NoRetry}, or null
 * @param fromType whether only annotations of types apply, none of the method or of those that it
 *     overrides
 */
public record RetryAnnotations(
    List<RetryAnnotation> own,
    List<RetryAnnotation> inherited,
    @Nullable OptOut noRetry,
    boolean fromType) {

  /** Creates annotations. */
  public RetryAnnotations {
    own = List.copyOf(own);
    inherited = List.copyOf(inherited);
  }

  /**
   * An {@code @LlmRetry} or composed annotation.
   *
   * @param name its simple name
   * @param owner the simple name of the annotated type or of the type that declares the method
   * @param policy its settings
   * @param at its position
   */
  public record RetryAnnotation(String name, String owner, Policy policy, Position at) {}

  /**
   * A {@code @NoRetry}.
   *
   * @param owner the simple name of the type that declares the method
   * @param at its position
   */
  public record OptOut(String owner, Position at) {}
}
