package dev.llmretry.processor.check;

import dev.llmretry.FailureKind;
import dev.llmretry.processor.model.ClassRule;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.KindRule;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.Rules;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the exception classes and failure kinds of an {@code @LlmRetry}. */
final class RuleChecks {

  private static final Set<String> RETRYABLE_KINDS =
      Arrays.stream(FailureKind.values())
          .filter(FailureKind::isRetryable)
          .map(FailureKind::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> NEVER_RETRIED =
      List.of(
          "java.lang.Error",
          "java.lang.InterruptedException",
          "java.util.concurrent.CancellationException");

  private final Rules rules;
  private final Reporter reporter;

  private RuleChecks(Rules rules, Reporter reporter) {
    this.rules = rules;
    this.reporter = reporter;
  }

  static void check(Policy policy, Reporter reporter) {
    RuleChecks checks = new RuleChecks(policy.rules(), reporter);
    checks.retryAndAbort();
    checks.unreachable(checks.rules.retryOn(), "retryOn", checks.rules.abortOn());
    checks.unreachable(checks.rules.abortOn(), "abortOn", checks.rules.retryOn());
    checks.neverRetried(checks.rules.retryOn(), "retryOn");
    checks.neverRetried(checks.rules.abortOn(), "abortOn");
    checks.kinds();
  }

  /** Reports rules for checked exceptions that the method does not declare. */
  static void checkDeclared(Rules rules, ClientMethod method, Reporter reporter) {
    onlyAsCause(rules.retryOn(), "retryOn", method, reporter);
    onlyAsCause(rules.abortOn(), "abortOn", method, reporter);
  }

  private static void onlyAsCause(
      List<ClassRule> list, String listName, ClientMethod method, Reporter reporter) {
    for (ClassRule rule : list) {
      if (isAlwaysDeclared(rule)
          && method.thrown().stream().noneMatch(thrown -> thrown.mayBe(rule))) {
        reporter.report(
            Diagnostic.ONLY_AS_CAUSE, rule.at(), method.describe(), rule.name(), listName);
      }
    }
  }

  /** Instances of {@code Exception} and {@code Throwable} may be unchecked. */
  private static boolean isAlwaysDeclared(ClassRule rule) {
    return rule.isChecked()
        && !rule.name().equals("java.lang.Exception")
        && !rule.name().equals("java.lang.Throwable");
  }

  private void retryAndAbort() {
    for (ClassRule abort : rules.abortOn()) {
      if (rules.retryOn().stream().anyMatch(retry -> retry.name().equals(abort.name()))) {
        reporter.report(Diagnostic.RETRY_AND_ABORT, abort.at(), abort.name());
      }
    }
  }

  /**
   * A class has no effect if it is listed twice, or if the nearest of its superclasses in either
   * list is in the same one.
   */
  private void unreachable(List<ClassRule> list, String listName, List<ClassRule> opposite) {
    Set<String> seen = new HashSet<>();
    for (ClassRule rule : list) {
      if (!seen.add(rule.name())) {
        reporter.report(Diagnostic.UNREACHABLE_RULE, rule.at(), rule.name(), listName, rule.name());
        continue;
      }
      for (String superclass : rule.lineage().subList(1, rule.lineage().size())) {
        if (contains(opposite, superclass)) {
          break;
        }
        if (contains(list, superclass)) {
          reporter.report(
              Diagnostic.UNREACHABLE_RULE, rule.at(), rule.name(), listName, superclass);
          break;
        }
      }
    }
  }

  private static boolean contains(List<ClassRule> list, String name) {
    return list.stream().anyMatch(rule -> rule.name().equals(name));
  }

  private void neverRetried(List<ClassRule> list, String listName) {
    for (ClassRule rule : list) {
      if (NEVER_RETRIED.stream().anyMatch(rule::isA)) {
        reporter.report(Diagnostic.NEVER_RETRIED, rule.at(), rule.name(), listName);
      }
    }
  }

  private void kinds() {
    Set<String> aborted = names(rules.abortOnKinds());
    Set<String> retried = names(rules.retryOnKinds());
    Set<String> seen = new HashSet<>();
    for (KindRule rule : rules.retryOnKinds()) {
      if (rule.name().equals("CANCELLED")) {
        reporter.report(Diagnostic.NEVER_RETRIED, rule.at(), rule.name(), "retryOnKinds");
      } else if (!seen.add(rule.name())) {
        withoutEffect(rule, "retryOnKinds", "it is listed twice");
      } else if (isRetryable(rule) && !aborted.contains(rule.name())) {
        withoutEffect(rule, "retryOnKinds", "it is retried anyway");
      }
    }
    seen.clear();
    for (KindRule rule : rules.abortOnKinds()) {
      if (!seen.add(rule.name())) {
        withoutEffect(rule, "abortOnKinds", "it is listed twice");
      } else if (retried.contains(rule.name())) {
        reporter.report(Diagnostic.KIND_TO_RETRY_AND_ABORT, rule.at(), rule.name());
      } else if (!RETRYABLE_KINDS.contains(rule.name())) {
        withoutEffect(rule, "abortOnKinds", "it is not retried anyway");
      }
    }
  }

  /** Returns whether failures of a kind are retried by default. */
  static boolean isRetryable(KindRule rule) {
    return RETRYABLE_KINDS.contains(rule.name());
  }

  private static Set<String> names(List<KindRule> list) {
    return list.stream().map(KindRule::name).collect(Collectors.toSet());
  }

  private void withoutEffect(KindRule rule, String list, String why) {
    reporter.report(Diagnostic.KIND_WITHOUT_EFFECT, rule.at(), rule.name(), list, why);
  }
}
