package dev.llmretry.runtime.internal.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTextTest {

  @ParameterizedTest
  @CsvSource({
    "1234, 1234",
    "12345, 12345",
    "123456, 12345... (1 more characters)",
    "1234567890, 12345... (5 more characters)",
  })
  void longTextIsCutAtTheLimit(String text, String shown) {
    assertThat(DisplayText.of(text, 5)).isEqualTo(shown);
  }

  @Test
  void anEscapedCharacterIsNotCut() {
    assertThat(DisplayText.of("1234\u0000567", 5)).isEqualTo("1234\\u0000... (3 more characters)");
    assertThat(DisplayText.of("1234\n567", 5)).isEqualTo("1234\\n... (3 more characters)");
  }

  @Test
  void aPairOfSurrogatesIsNotCut() {
    assertThat(DisplayText.of("1234\uD83D\uDE00567", 5))
        .isEqualTo("1234\uD83D\uDE00... (3 more characters)");
  }

  @Test
  void anUnpairedSurrogateIsEscaped() {
    assertThat(DisplayText.of("1\uD83D2", 5)).isEqualTo("1\\uD83D... (1 more characters)");
  }
}
