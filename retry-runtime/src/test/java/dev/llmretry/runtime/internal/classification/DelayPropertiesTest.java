package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import org.jspecify.annotations.Nullable;

/** Whatever providers send, it neither throws nor shortens a wait. */
class DelayPropertiesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

  private static final List<String> HEADERS =
      List.of(
          "date",
          "Retry-After",
          "retry-after-ms",
          "x-ms-retry-after-ms",
          "x-amz-retry-after",
          "x-should-retry",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-reset-requests",
          "anthropic-ratelimit-tokens-remaining",
          "anthropic-ratelimit-tokens-reset");

  @Property
  void garbageInHeadersNeverThrowsAndAWaitIsMoreThanZero(
      @ForAll("headers") Map<String, List<String>> headers,
      @ForAll @IntRange(min = -1, max = 700) int status) {
    assertSafe(FailureFacts.builder().statusCode(status).headers(headers).build());
  }

  @Property
  void garbageInMessagesCodesAndTypesNeverThrows(
      @ForAll("texts") String message,
      @ForAll("texts") String code,
      @ForAll String type,
      @ForAll @IntRange(min = -1, max = 700) int status) {
    assertSafe(
        FailureFacts.builder()
            .statusCode(status)
            .errorCode(code)
            .errorType(type)
            .message(message)
            .build());
  }

  @Property
  void anyExtractedWaitIsMadeSafe(@ForAll long seconds, @ForAll @IntRange(min = 0) int nanos) {
    assertSafe(
        FailureFacts.builder()
            .statusCode(429)
            .retryAfter(Duration.ofSeconds(seconds >> 1, nanos))
            .build());
  }

  @Property
  void decimalSecondsAreNeverShortened(
      @ForAll @BigRange(min = "0", max = "999999999") @Scale(12) BigDecimal seconds) {
    assertNotShortened(seconds, header("retry-after", seconds), "1000000000");
  }

  @Property
  void decimalMillisecondsAreNeverShortened(
      @ForAll @BigRange(min = "0", max = "999999999") @Scale(9) BigDecimal millis) {
    assertNotShortened(millis, header("retry-after-ms", millis), "1000000");
  }

  @Property
  void goDurationsAreReadExactly(
      @ForAll @LongRange(min = 0, max = 100_000) long hours,
      @ForAll @IntRange(min = 0, max = 59) int minutes,
      @ForAll @IntRange(min = 0, max = 59_999) int millis) {
    String text = hours + "h" + minutes + "m" + BigDecimal.valueOf(millis, 3).toPlainString() + "s";
    Duration wait = Duration.ofHours(hours).plusMinutes(minutes).plusMillis(millis);
    Duration expected = wait.isZero() ? null : wait;
    assertThat(DelayTextParser.parse(text)).isEqualTo(expected);
    assertThat(DelayTextParser.find("please try again in " + text + ".", () -> NOW))
        .isEqualTo(expected);
  }

  @Property
  void datesOfAllFormatsAreReadExactly(
      @ForAll @LongRange(min = 1, max = 1_500_000_000) long secondsAhead) {
    Instant then = NOW.plusSeconds(secondsAhead);
    for (String pattern :
        List.of(
            "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
            "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
            "EEE MMM ppd HH:mm:ss yyyy")) {
      String date =
          DateTimeFormatter.ofPattern(pattern, java.util.Locale.ENGLISH)
              .withZone(ZoneOffset.UTC)
              .format(then);
      assertThat(header("retry-after", date)).as(date).isEqualTo(Duration.ofSeconds(secondsAhead));
    }
  }

  @Provide
  Arbitrary<Map<String, List<String>>> headers() {
    return Arbitraries.maps(Arbitraries.of(HEADERS), values().list().ofMaxSize(3)).ofMaxSize(6);
  }

  private static Arbitrary<String> values() {
    Arbitrary<String> alphabet =
        Arbitraries.strings().withChars("0123456789.-+eE:TZhms, GMTSunNov").ofMaxLength(40);
    Arbitrary<String> known =
        Arbitraries.of(
            "0",
            "-1",
            "NaN",
            "true",
            "false",
            "6m0s",
            "1e999999999",
            "Sun, 06 Nov 2026 08:49:37 GMT",
            "2026-11-24T08:00:01Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z");
    return Arbitraries.oneOf(alphabet, known, Arbitraries.strings().ofMaxLength(120));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> lead =
        Arbitraries.of("", "try again in ", "Retry After", "retryDelay\": \"", "429", "tokens");
    return Combinators.combine(lead, values(), values(), Arbitraries.strings())
        .as((a, b, c, d) -> a + b + c + d);
  }

  private static void assertSafe(FailureFacts facts) {
    Failure failure = ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure();
    assertThat(failure.kind()).isNotNull();
    if (failure.retryAfter() != null) {
      assertThat(failure.retryAfter().toNanos()).isPositive();
    }
  }

  private static void assertNotShortened(
      BigDecimal said, @Nullable Duration wait, String nanosPerUnit) {
    if (said.signum() == 0) {
      assertThat(wait).isNull();
      return;
    }
    BigDecimal asked = said.multiply(new BigDecimal(nanosPerUnit));
    assertThat(BigDecimal.valueOf(wait.toNanos()))
        .isGreaterThanOrEqualTo(asked)
        .isLessThan(asked.add(BigDecimal.ONE));
  }

  private static @Nullable Duration header(String name, Object value) {
    String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    FailureFacts facts =
        FailureFacts.builder().statusCode(503).headers(Map.of(name, List.of(text))).build();
    return ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure().retryAfter();
  }
}
