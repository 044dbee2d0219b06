package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.PropertySettings;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Changes the settings of a runtime while calls run, and knows which settings may have applied to a
 * call. Safe for use by any thread.
 */
final class Reloads {

  private static final List<Terms> VALID =
      List.of(new Terms(2, 2), Terms.COMPILED, new Terms(1, 1));

  private final RetryRuntime runtime;
  private final Consumer<String> violations;
  private final List<Applied> applied = new ArrayList<>();
  private int reloads;

  /** Makes the reloads of a runtime, which has settings that change nothing so far. */
  Reloads(RetryRuntime runtime, Consumer<String> violations) {
    this.runtime = runtime;
    this.violations = violations;
    applied.add(new Applied(System.nanoTime(), Long.MAX_VALUE, Terms.COMPILED));
  }

  /** Changes the settings, or attempts to do so with invalid ones. */
  synchronized void reload() {
    int number = reloads++;
    if (number % 2 == 1) {
      reloadInvalid();
      return;
    }
    Terms terms = VALID.get(number / 2 % VALID.size());
    long begin = System.nanoTime();
    runtime.refresh(settings(terms.maxRetries(), terms.baseDelayMs()));
    int last = applied.size() - 1;
    applied.set(last, applied.get(last).until(System.nanoTime()));
    applied.add(new Applied(begin, Long.MAX_VALUE, terms));
    for (RetryPolicy policy : runtime.policies()) {
      if (policy.maxRetries() != terms.maxRetries()) {
        violations.accept("a reload was not applied to " + policy);
      }
    }
  }

  private void reloadInvalid() {
    List<RetryPolicy> before = runtime.policies();
    try {
      runtime.refresh(settings(Settings.MAX, 2 * Settings.MAX_DELAY_MS));
      violations.accept("an invalid reload was accepted");
    } catch (InvalidSettingsException expected) {
      List<RetryPolicy> after = runtime.policies(); // perhaps with others, used for the first time
      if (!after.containsAll(before)) {
        violations.accept("an invalid reload has changed settings");
      }
    }
  }

  private static PropertySettings settings(int maxRetries, long baseDelayMs) {
    return PropertySettings.of(
        "reload",
        Map.of("llmretry.all.max", "" + maxRetries, "llmretry.all.base-delay", baseDelayMs + "ms"));
  }

  /** Returns the settings that may have applied at any moment of a time. */
  synchronized List<Terms> during(long from, long to) {
    return applied.stream()
        .filter(each -> each.begin <= to && each.end >= from)
        .map(Applied::terms)
        .distinct()
        .toList();
  }

  /** Settings that may have applied from one time to another. */
  private record Applied(long begin, long end, Terms terms) {

    Applied until(long replaced) {
      return new Applied(begin, replaced, terms);
    }
  }
}
