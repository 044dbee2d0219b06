package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retry annotations that may apply to a method.
 *
 * @param own the {@code @LlmRetry} and composed annotations on the method, in source order
 * @param inherited the annotations on the methods that it overrides; if neither it nor these have
 *     any, those on the most specific interfaces that declare it
 * @param noRetry the {@code @NoRetry} on the method or on a method that it overrides, or null
 * @param fromType whether the annotations are only those on types, neither on the method nor on a
 *     method that it overrides
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
