package dev.llmretry.processor.check;

import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.RetryAnnotations.OptOut;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import java.util.List;

/** Checks that not more than one retry annotation applies to an element. */
final class ConflictingAnnotations {

  private ConflictingAnnotations() {}

  /** Checks the annotations on a method, and those that it inherits. */
  static void check(ClientMethod method, Position client, Reporter reporter) {
    check(method.annotations().own(), reporter);
    conflictingInherited(method, client, reporter);
    retryAndNoRetry(method, reporter);
  }

  /** Checks the annotations on one element. */
  static void check(List<RetryAnnotation> onOneElement, Reporter reporter) {
    for (RetryAnnotation second : onOneElement.stream().skip(1).toList()) {
      reporter.report(
          Diagnostic.CONFLICTING_ANNOTATIONS,
          second.at(),
          second.name(),
          onOneElement.get(0).name());
    }
  }

  private static void conflictingInherited(
      ClientMethod method, Position client, Reporter reporter) {
    List<RetryAnnotation> inherited = method.annotations().inherited();
    if (inherited.isEmpty()) {
      return;
    }
    RetryAnnotation first = inherited.get(0);
    OptOut noRetry = method.annotations().noRetry();
    String other =
        noRetry != null
            ? "@NoRetry from " + noRetry.owner()
            : inherited.stream()
                .filter(each -> !each.policy().hasSameSettings(first.policy()))
                .findFirst()
                .map(ConflictingAnnotations::describe)
                .orElse(null);
    if (other != null) {
      Position at = method.at().isIn(client) ? method.at() : client;
      reporter.report(
          Diagnostic.CONFLICTING_INHERITED, at, method.describe(), describe(first), other);
    }
  }

  private static String describe(RetryAnnotation annotation) {
    return "@" + annotation.name() + " from " + annotation.owner();
  }

  private static void retryAndNoRetry(ClientMethod method, Reporter reporter) {
    OptOut noRetry = method.annotations().noRetry();
    if (noRetry != null) {
      for (RetryAnnotation written : method.annotations().own()) {
        reporter.report(
            Diagnostic.RETRY_AND_NO_RETRY, noRetry.at(), written.name(), method.describe());
      }
    }
  }
}
