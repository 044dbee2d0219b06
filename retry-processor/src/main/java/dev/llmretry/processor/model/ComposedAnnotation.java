package dev.llmretry.processor.model;

import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import java.util.List;

/**
 * An annotation type on which {@code @LlmRetry} stands.
 *
 * @param name its simple name
 * @param retention its retention: {@code SOURCE}, {@code CLASS} or {@code RUNTIME}
 * @param written the {@code @LlmRetry} or composed annotation on it; the first counts
 * @param at where it stands
 */
public record ComposedAnnotation(
    String name, String retention, List<RetryAnnotation> written, Position at) {

  /** Makes a composed annotation. */
  public ComposedAnnotation {
    written = List.copyOf(written);
  }
}
