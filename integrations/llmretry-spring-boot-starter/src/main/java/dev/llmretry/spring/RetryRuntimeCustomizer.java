package dev.llmretry.spring;

import dev.llmretry.runtime.RetryRuntime;

/**
 * Changes the runtime that the starter builds. Beans of this type are called in their order, after
 * the starter has set clock, token, settings, listeners, classifiers, upstream and executor.
 */
@FunctionalInterface
public interface RetryRuntimeCustomizer {

  /**
   * Changes the runtime.
   *
   * @param builder builds the runtime
   */
  void customize(RetryRuntime.Builder builder);
}
