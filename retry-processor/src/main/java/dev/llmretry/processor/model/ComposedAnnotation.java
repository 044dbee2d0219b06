package dev.llmretry.processor.model;

import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import java.util.List;

/**
 * An annotation type that is annotated with {@code @LlmRetry}, directly or indirectly.
 *
 * @param name its simple name
 * @param retention its retention: {@code SOURCE}, {@code CLASS} or {@code RUNTIME}
 * @param written the {@code @LlmRetry} and composed annotations on it; the first one applies
 * @param at its position
 */
public record ComposedAnnotation(
    String name, String retention, List<RetryAnnotation> written, Position at) {

  /** Creates a composed annotation. */
  public ComposedAnnotation {
    written = List.copyOf(written);
  }
}
