package dev.llmretry.spring;

import dev.llmretry.runtime.InvalidSettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows which setting has stopped the start, without a stack trace. */
final class InvalidSettingsFailureAnalyzer
    extends AbstractFailureAnalyzer<InvalidSettingsException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
    return new FailureAnalysis(
        "Settings of retried methods are invalid. " + cause.getMessage(),
        "Correct the properties that are named. Keys refer to methods by the name in @LlmRetry, or"
            + " by class and method; if the bean of a method is created later, set"
            + " llmretry.check-methods = false.",
        cause);
  }
}
