package dev.llmretry.processor.check;

import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import java.util.List;

/** Checks that an element has at most one {@code @LlmRetry} or composed annotation. */
final class ConflictingAnnotations {

  private ConflictingAnnotations() {}

  static void check(List<RetryAnnotation> onOneElement, Reporter reporter) {
    for (RetryAnnotation second : onOneElement.stream().skip(1).toList()) {
      reporter.report(
          Diagnostic.CONFLICTING_ANNOTATIONS,
          second.at(),
          second.name(),
          onOneElement.get(0).name());
    }
  }
}
