package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiTest {

  @Test
  void lettersOfAsciiAreLowered() {
    assertThat(Ascii.lowerCase("@AZ[`az{ 09")).isEqualTo("@az[`az{ 09");
    assertThat(Ascii.lowerCase("")).isEmpty();
  }

  @Test
  void otherLettersAreLeftAlone() {
    assertThat(Ascii.lowerCase("İÄΣ\u212A")).isEqualTo("İÄΣ\u212A");
  }

  @Test
  void aTextWithoutCapitalsIsNotCopied() {
    String text = "retry-after";
    assertThat(Ascii.lowerCase(text)).isSameAs(text);
  }

  /** By the rules of {@link String#toLowerCase}, this one takes quadratic time. */
  @Test
  void aMessageIsLoweredLetterByLetter() {
    String message = "İ".repeat(10_000);
    assertThat(ResponseBody.of(message).text()).isEqualTo(message);
  }
}
