package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRulesTest {

  @ParameterizedTest
  @ValueSource(ints = {400, 429, 599})
  void aStatusMayStandInTheErrorCode(int status) {
    assertThat(StatusRules.statusIn(String.valueOf(status))).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "399", "600", "4000", "42", "4x9", "4/9", "42:"})
  void anyOtherTextIsNone(String text) {
    assertThat(StatusRules.statusIn(text)).isZero();
  }

  @Test
  void answersThatSayNoMoreShareAClassification() {
    assertThat(StatusRules.classification(503)).isSameAs(StatusRules.classification(503));
    assertThat(StatusRules.classification(503).failure().statusCode()).isEqualTo(503);
    assertThat(StatusRules.classification(504).failure().statusCode()).isEqualTo(504);
  }
}
