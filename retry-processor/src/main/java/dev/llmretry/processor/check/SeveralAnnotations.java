package dev.llmretry.processor.check;

import dev.llmretry.processor.model.RetryAnnotations.Written;
import java.util.List;

/** One element takes one {@code @LlmRetry} or composed annotation. */
final class SeveralAnnotations {

  private SeveralAnnotations() {}

  static void check(List<Written> onOneElement, Reporter reporter) {
    for (Written second : onOneElement.stream().skip(1).toList()) {
      reporter.report(
          Diagnostic.SEVERAL_ON_ONE, second.use(), second.name(), onOneElement.get(0).name());
    }
  }
}
