package dev.llmretry.runtime;

/**
 * Settings that replace those of annotations: those of an environment, for instance. {@link
 * PropertySettings} reads them from properties.
 *
 * <p>Immutable: to change settings while the application runs, pass new ones to {@link
 * RetryRuntime#refresh}. Safe for use by several threads.
 */
@FunctionalInterface
public interface RetrySettings {

  /**
   * {@return the policy that applies instead of another} Called once for each policy, and not for
   * each call.
   *
   * <p>The result is made with {@link RetryPolicy#toBuilder}: it has the same name, preamble, check
   * and reviser. It may have a deadline or an attempt time-out only if the given policy has either,
   * since the code of other methods has no timer.
   *
   * @param compiled the policy of an annotation, or one that was built
   * @throws InvalidSettingsException if the settings are invalid for this policy
   */
  RetryPolicy apply(RetryPolicy compiled);

  /**
   * Checks that each method which the settings name exists. Called after they were applied to all
   * policies that are known. Does nothing unless overridden.
   *
   * @throws InvalidSettingsException if the settings name an unknown method
   * @see RetryRuntime#checkSettings
   */
  default void checkMethods() {}
}
