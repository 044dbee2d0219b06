package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          'Sun, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z
          'Sun, 6 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z
          'sun, 06 nov 1994 08:49:37 gmt', 1994-11-06T08:49:37Z
          'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z
          'Sun Nov  6 08:49:37 1994', 1994-11-06T08:49:37Z
          'Sun Nov 16 08:49:37 1994', 1994-11-16T08:49:37Z
          'Thu, 29 Feb 2024 00:00:00 GMT', 2024-02-29T00:00:00Z
          'Sat, 06 Nov 0000 08:49:37 GMT', 0000-11-06T08:49:37Z
          'Sat, 31 Dec 2016 23:59:60 GMT', 2017-01-01T00:00:00Z
          'Tue, 24-Nov-26 08:00:09 GMT', 2026-11-24T08:00:09Z
          'Tue, 24-Nov-76 08:00:09 GMT', 2076-11-24T08:00:09Z
          'Tue, 24-Nov-77 08:00:09 GMT', 1977-11-24T08:00:09Z
          'Tue, 24-Nov-00 08:00:09 GMT', 2000-11-24T08:00:09Z
          """)
  void allThreeFormatsOfHttpAreRead(String value, Instant instant) {
    assertThat(HttpDates.parse(value, NOW)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "Sun",
        "06 Nov 1994 08:49:37 GMT x",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 x8:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:3x GMT",
        "Sun, 06 ovd 1994 08:49:37 GMT",
        "Sun, 06 Nov 199 08:49:37 GMT",
        "Sun, 06 Nov 19944 08:49:37 GMT",
        "Sun, 30 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT and more",
        "Sun, 06 Nov 1994 -8:49:37 GMT",
        "a b c d e"
      })
  void whatIsNoDateIsNull(String value) {
    assertThat(HttpDates.parse(value, NOW)).isNull();
  }

  @Test
  void aHeaderThatIsMuchTooLongIsNoDate() {
    String date = "Sun, 06 Nov 1994 08:49:37 GMT";
    String longest = date + " ".repeat(64 - date.length());
    assertThat(HttpDates.parse(longest, NOW)).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(HttpDates.parse(longest + " ", NOW)).isNull();
    String precise = "1994-11-06T08:49:37.000000000+00:00";
    assertThat(HttpDates.parse(precise, NOW)).isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
  }

  @Test
  void theLocaleOfThisMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(HttpDates.parse("FRI, 01 APR 1994 08:49:37 GMT", NOW))
          .isEqualTo(Instant.parse("1994-04-01T08:49:37Z"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
