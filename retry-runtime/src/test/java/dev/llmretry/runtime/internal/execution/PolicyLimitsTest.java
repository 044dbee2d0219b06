package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.LlmRetry;
import org.junit.jupiter.api.Test;

/** The defaults and ranges of settings. */
class PolicyLimitsTest {

  private static Object defaultOf(String member) throws NoSuchMethodException {
    return LlmRetry.class.getMethod(member).getDefaultValue();
  }

  @Test
  void defaultsAreThoseOfTheAnnotation() throws NoSuchMethodException {
    assertThat(defaultOf("max")).isEqualTo(PolicyLimits.DEFAULT_RETRIES);
    assertThat(defaultOf("baseDelayMs")).isEqualTo(PolicyLimits.DEFAULT_BASE_DELAY_MS);
    assertThat(defaultOf("multiplier")).isEqualTo(PolicyLimits.DEFAULT_MULTIPLIER);
    assertThat(defaultOf("maxDelayMs")).isEqualTo(PolicyLimits.DEFAULT_MAX_DELAY_MS);
    assertThat(defaultOf("maxRetryAfterMs")).isEqualTo(PolicyLimits.DEFAULT_MAX_RETRY_AFTER_MS);
  }

  @Test
  void retriesAreLimited() {
    assertThat(PolicyLimits.isValidRetries(-1)).isFalse();
    assertThat(PolicyLimits.isValidRetries(0)).isTrue();
    assertThat(PolicyLimits.isValidRetries(10_000)).isTrue();
    assertThat(PolicyLimits.isValidRetries(10_001)).isFalse();
  }

  @Test
  void delaysCannotShrink() {
    assertThat(PolicyLimits.isValidMultiplier(1)).isTrue();
    assertThat(PolicyLimits.isValidMultiplier(Double.MAX_VALUE)).isTrue();
    assertThat(PolicyLimits.isValidMultiplier(Math.nextDown(1.0))).isFalse();
    assertThat(PolicyLimits.isValidMultiplier(Double.POSITIVE_INFINITY)).isFalse();
    assertThat(PolicyLimits.isValidMultiplier(Double.NaN)).isFalse();
  }
}
