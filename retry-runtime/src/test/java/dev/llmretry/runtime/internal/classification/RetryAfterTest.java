package dev.llmretry.runtime.internal.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  /** Sun, 06 Nov 1994 08:49:37 GMT, the date of RFC 9110. */
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest(name = "{0}: {1} is {2} ns")
  @CsvSource(
      textBlock =
          """
          retry-after-ms, 456, 456000000
          retry-after-ms, 0.5, 500000
          Retry-After-Ms, 1500.25, 1500250000
          x-ms-retry-after-ms, 7, 7000000
          x-amz-retry-after, 250, 250000000
          retry-after, 12, 12000000000
          RETRY-AFTER, ' 12 ', 12000000000
          retry-after, 1.5, 1500000000
          retry-after, .25, 250000000
          retry-after, 3., 3000000000
          retry-after, 007, 7000000000
          retry-after, 0.0000000001, 1
          retry-after, 1.0000000001, 1000000001
          retry-after-ms, 0.0000001, 1
          retry-after, 'Sun, 06 Nov 1994 08:49:47 GMT', 10000000000
          retry-after, 'Sunday, 06-Nov-94 08:49:47 GMT', 10000000000
          retry-after, 'Sun Nov  6 08:49:47 1994', 10000000000
          retry-after, 30s, 30000000000
          retry-after, 1m0s, 60000000000
          retry-after, 1.5s, 1500000000
          retry-after, 250ms, 250000000
          retry-after, 30 seconds, 30000000000
          retry-after, '30, 30', 30000000000
          retry-after, '30,30,30', 30000000000
          retry-after, '30s, 30s', 30000000000
          retry-after, PT30S, 30000000000
          retry-after, PT1M0.5S, 60500000000
          retry-after, P1D, 86400000000000
          retry-after, 'Sun, 06 Nov 1994 08:49:47 +0000', 10000000000
          retry-after, 'Sun, 06 Nov 1994 08:49:47 -0000', 10000000000
          retry-after, 'Sun, 06 Nov 1994 09:49:47 +0100', 10000000000
          retry-after, 'Sun, 06 Nov 1994 03:49:47 -0500', 10000000000
          retry-after, 1994-11-06T08:49:47Z, 10000000000
          retry-after, 1994-11-06T08:49:47.5Z, 10500000000
          retry-after, 1994-11-06T09:49:47+01:00, 10000000000
          retry-after, 1994-11-06T09:49:47+0100, 10000000000
          retry-after, 1994-11-06 08:49:47 UTC, 10000000000
          retry-after, 1994-11-06 08:49:47.5 +0000 UTC, 10500000000
          retry-after, 19941106T084947Z, 10000000000
          retry-after, 'Sun Nov  6 08:49:47 UTC 1994', 10000000000
          retry-after, '"30"', 30000000000
          x-retry-after, 7, 7000000000
          x-rate-limit-retry-after-seconds, 7, 7000000000
          X-RateLimit-Retry-After-Ms, 7, 7000000
          x-retry-after-minutes, 5, 300000000000
          x-ratelimit-retry-after-millis, 7s, 7000000000
          retry-after-ms, '30, 30', 30000000
          retry-after-ms, 30s, 30000000000
          retry-after, 999999999, 999999999000000000
          retry-after, 9223372036.854775807, 9223372036854775807
          retry-after, 9223372037, 9223372036854775807
          retry-after, 99999999999999999999999999999999, 9223372036854775807
          retry-after-ms, 99999999999999999999999999999999, 9223372036854775807
          """)
  void headersAreReadInTheirUnitsAndRoundedUpNeverDown(String name, String value, long nanos) {
    assertThat(wait(503, name, value)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.0",
        "-1",
        "-0.5",
        "+5",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e3",
        "0x10",
        "1,5",
        "5, 6",
        "5, 5, 6",
        ", 5",
        "5,",
        "5 parsecs",
        "-5s",
        "PT",
        "-PT5S",
        "PT0S",
        "1994-11-06T08:49:36Z",
        "1994-11-06T08:49:47",
        "1994-13-06T08:49:47Z",
        "Sun, 06 Nov 1994 08:49:36 +0000",
        "Sun, 06 Nov 1994 08:49:47 +9900",
        "",
        " ",
        ".",
        "1.2.3",
        "soon",
        "\u0663",
        "111111111111111111111111111111111111111111111111111111111111111",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:36 GMT",
        "Sun, 06 Nov 1994 08:49:47",
        "Sun, 31 Feb 1995 08:49:47 GMT",
        "Sun, 06 Nov 1994 25:49:47 GMT",
        "Sun, 06 Nov 1994 08:49:47 PST",
        "1994-11-06"
      })
  void whatIsZeroPastOrUnreadableCountsAsAbsent(String value) {
    assertThat(wait(503, "retry-after", value)).isNull();
    assertThat(wait(503, "retry-after-ms", value)).isNull();
  }

  @Test
  void aDateOfDigitsIsNoNumberOfSeconds() {
    assertThat(wait(503, "retry-after", "20260131085007")).isNull();
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("x-ratelimit-remaining", List.of("0"));
    headers.put("x-ratelimit-reset", List.of("20260131085007"));
    assertThat(wait(429, headers, null, null)).isNull();
  }

  @Test
  void aDelayInChineseIsOneUntilARetry() {
    assertThat(DelayTextParser.find("套餐将于3天后到期", () -> NOW)).isNull();
    assertThat(DelayTextParser.find("套餐将于3天后到期，请20秒后重试", () -> NOW))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(DelayTextParser.find("服务恢复时间：20秒后", () -> NOW)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void protocolBuffersHaveNanosecondsBesides() {
    String text = "retry_delay { seconds: 39 nanos: 900000000 }";
    assertThat(DelayTextParser.find(text, () -> NOW)).isEqualTo(Duration.ofMillis(39_900));
  }

  @Test
  void aMessageIsNotSearchedForEver() {
    String vague = "retry in a while, ".repeat(15);
    assertThat(DelayTextParser.find(vague + "retry in 5s", () -> NOW))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(DelayTextParser.find(vague + "retry in a while, retry in 5s", () -> NOW)).isNull();
  }

  @Test
  void theSourcesAreAskedInOrderAndAnUnusableOneIsPassedOver() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("x-ratelimit-remaining-tokens", List.of("0"));
    headers.put("x-ratelimit-reset-tokens", List.of("6m0s"));
    headers.put("x-amz-retry-after", List.of("4000"));
    headers.put("Retry-After", List.of("3"));
    headers.put("x-ms-retry-after-ms", List.of("2000"));
    headers.put("retry-after-ms", List.of("1000"));
    String message = "Please try again in 7s.";
    Duration elsewhere = Duration.ofSeconds(5);

    assertThat(wait(429, headers, message, elsewhere)).isEqualTo(Duration.ofSeconds(1));
    headers.put("retry-after-ms", List.of("-1"));
    assertThat(wait(429, headers, message, elsewhere)).isEqualTo(Duration.ofSeconds(2));
    headers.put("x-ms-retry-after-ms", List.of("NaN"));
    assertThat(wait(429, headers, message, elsewhere)).isEqualTo(Duration.ofSeconds(3));
    headers.put("Retry-After", List.of("0"));
    assertThat(wait(429, headers, message, elsewhere)).isEqualTo(Duration.ofSeconds(4));
    headers.remove("x-amz-retry-after");
    assertThat(wait(429, headers, message, elsewhere)).isEqualTo(Duration.ofSeconds(5));
    assertThat(wait(429, headers, message, Duration.ZERO)).isEqualTo(Duration.ofMinutes(6));
    headers.put("x-ratelimit-remaining-tokens", List.of("1"));
    assertThat(wait(429, headers, message, Duration.ofSeconds(-5)))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(wait(429, headers, "no", null)).isNull();
  }

  @Test
  void aDateIsMeasuredAgainstTheResponsesOwnClock() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Retry-After", List.of("Mon, 07 Nov 1994 08:00:30 GMT"));
    headers.put("Date", List.of("Mon, 07 Nov 1994 08:00:00 GMT"));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(30));
    headers.put("Date", List.of("Mon, 07 Nov 1994 08:00:30 GMT"));
    assertThat(wait(503, headers, null, null)).as("past by its own clock").isNull();
    headers.put("Date", List.of("unreadable"));
    assertThat(wait(503, headers, null, null))
        .as("by our clock")
        .isEqualTo(Duration.between(NOW, Instant.parse("1994-11-07T08:00:30Z")));
  }

  @Test
  void theTimeInCachesCountsAgainstADate() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Retry-After", List.of("Mon, 07 Nov 1994 08:00:30 GMT"));
    headers.put("Date", List.of("Mon, 07 Nov 1994 08:00:00 GMT"));
    headers.put("Age", List.of("20"));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(10));
    headers.put("Age", List.of("30"));
    assertThat(wait(503, headers, null, null)).isNull();
    headers.put("Age", List.of("-5"));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(30));
    headers.put("Age", List.of("20"));
    headers.put("Retry-After", List.of("30"));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(30));
    headers.remove("Date");
    headers.put("Retry-After", List.of("Sun, 06 Nov 1994 08:50:07 GMT"));
    assertThat(wait(503, headers, null, null)).as("by our clock").isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1764419430",
        "1764419430000",
        "1764419430.000",
        "1764419430000000",
        "1764419430000000000"
      })
  void aUnixTimeIsNoDelay(String value) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Date", List.of("Sat, 29 Nov 2025 12:30:00 GMT"));
    headers.put("Retry-After", List.of(value));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X-RateLimit-Remaining | X-RateLimit-Reset | 1764419430000
          X-RateLimit-Remaining | X-RateLimit-Reset | 1764419430
          X-RateLimit-Remaining | X-RateLimit-Reset | 30
          X-RateLimit-Remaining | X-RateLimit-Reset | 30s
          x-rate-limit-remaining | x-rate-limit-reset | 1764419430
          X-RateLimit-Remaining | X-RateLimit-Reset-After | 30
          RateLimit-Remaining | RateLimit-Reset | 30
          x-ratelimit-remaining-requests-day | x-ratelimit-reset-requests-day | 30.0
          x-ratelimit-remaining-tokens-minute | x-ratelimit-reset-tokens-minute | 30
          x-tokenlimit-remaining | x-tokenlimit-reset | 30
          anthropic-priority-ratelimit-input-tokens-remaining | anthropic-priority-ratelimit-input-tokens-reset | 2025-11-29T12:30:30Z
          ratelimitbysize-remaining | ratelimitbysize-reset | 30
          """)
  void limitsOfAnyNameAreRead(String remaining, String reset, String value) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("Date", List.of("Sat, 29 Nov 2025 12:30:00 GMT"));
    headers.put(reset, List.of(value));
    assertThat(wait(429, headers, null, null)).isNull();
    headers.put(remaining, List.of("5"));
    assertThat(wait(429, headers, null, null)).isNull();
    headers.put(remaining, List.of("0"));
    assertThat(wait(429, headers, null, null)).isEqualTo(Duration.ofSeconds(30));
    assertThat(wait(503, headers, null, null)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "default";r=0;t=30 | PT30S
          "burst";r=0;t=30, "day";r=90;t=7200 | PT30S
          "burst";r=5;t=30, "day";r=0;t=7200 | PT2H
          "burst";q=10;r=5;t=30 |
          limit=100, remaining=0, reset=30 | PT30S
          limit=100, remaining=1, reset=30 |
          r=0 |
          ;=,;; |
          """)
  void theRateLimitHeaderIsRead(String value, @Nullable Duration wait) {
    assertThat(wait(429, "RateLimit", value)).isEqualTo(wait);
    assertThat(wait(503, "RateLimit", value)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"error":{"message":"m","retry_after":30}} | PT30S
          {"retryable":true,"retry_after":30} | PT30S
          {"error":{"retryAfterMs":1500}} | PT1.5S
          {"error":"Model x is currently loading","estimated_time":20.5} | PT20.5S
          {"error":{"type":"t","resets_in_seconds":5294}} | PT1H28M14S
          {"error":{"details":[{"metadata":{"quotaResetDelay":"4h10m"}}]}} | PT4H10M
          {"error":{"metadata":{"headers":{"X-RateLimit-Remaining":"0","X-RateLimit-Reset":"30"}}}} | PT30S
          {"error":{"metadata":{"headers":{"X-RateLimit-Remaining":"1","X-RateLimit-Reset":"30"}}}} |
          {"input":{"retry_after":30}} |
          {"retry_after_secs":30} | PT30S
          {"retry_after_seconds":"30"} | PT30S
          {"retryAfterMilliseconds":1500} | PT1.5S
          {"error":{"retryDelaySeconds":30}} | PT30S
          {"error":{"reset_after":30}} | PT30S
          {"error":{"reset_in_ms":1500}} | PT1.5S
          {"error":{"reset_time":"1994-11-06T08:50:07Z"}} | PT30S
          {"error":{"cooldown_seconds":30}} | PT30S
          {"error":{"cooldown":30}} |
          {"error":{"wait":30}} |
          {"error":{"seconds":30}} |
          <Error><Code>x</Code><RetryAfterSeconds>30</RetryAfterSeconds></Error> | PT30S
          """)
  void membersOfTheBodyAreRead(String body, @Nullable Duration wait) {
    assertThat(wait(429, Map.of(), body, null)).isEqualTo(wait);
  }

  @Test
  void ofSeveralValuesTheFirstUsableCounts() {
    Map<String, List<String>> headers = Map.of("retry-after", List.of("x", "0", "5", "9"));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      textBlock =
          """
          6m0s, PT6M
          100ms, PT0.1S
          1h2m3.5s, PT1H2M3.5S
          17.5s, PT17.5S
          2m59.56s, PT2M59.56S
          1ns, PT0.000000001S
          250µs, PT0.00025S
          1d, PT24H
          10, PT10S
          1.5, PT1.5S
          """)
  void resetHeadersAreReadAsGoDurationsOrSeconds(String value, Duration wait) {
    Map<String, List<String>> headers =
        Map.of(
            "x-ratelimit-remaining-requests", List.of("0"),
            "x-ratelimit-reset-requests", List.of(value));
    assertThat(wait(429, headers, null, null)).isEqualTo(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "0", "0s", "-5s", "6m0s!", "m", "5 parsecs", "", "1994-11-06T08:49:37Z"})
  void unusableResetHeadersCountAsAbsent(String value) {
    Map<String, List<String>> headers =
        Map.of(
            "x-ratelimit-remaining-requests", List.of("0"),
            "x-ratelimit-reset-requests", List.of(value));
    assertThat(wait(429, headers, null, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"requests", "tokens", "input-tokens", "output-tokens"})
  void anthropicsResetHeadersAreTimes(String what) {
    Map<String, List<String>> headers =
        Map.of(
            "anthropic-ratelimit-" + what + "-remaining", List.of("0"),
            "anthropic-ratelimit-" + what + "-reset", List.of("1994-11-06T08:50:07Z"));
    assertThat(wait(429, headers, null, null)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anthropicsResetTimesAreMeasuredAgainstTheResponsesOwnClock() {
    Map<String, List<String>> headers =
        Map.of(
            "date", List.of("Sun, 06 Nov 1994 08:50:00 GMT"),
            "anthropic-ratelimit-tokens-remaining", List.of("0"),
            "anthropic-ratelimit-tokens-reset", List.of("1994-11-06T09:50:07.5+01:00"));
    assertThat(wait(429, headers, null, null)).isEqualTo(Duration.ofMillis(7_500));
  }

  @Test
  void ofSeveralLimitsThatAreUsedUpTheLongestCountsAndOthersDoNot() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("x-ratelimit-remaining-requests", List.of("0"));
    headers.put("x-ratelimit-reset-requests", List.of("2s"));
    headers.put("x-ratelimit-remaining-tokens", List.of("0"));
    headers.put("x-ratelimit-reset-tokens", List.of("9s"));
    headers.put("anthropic-ratelimit-tokens-remaining", List.of("17"));
    headers.put("anthropic-ratelimit-tokens-reset", List.of("1994-11-06T09:49:37Z"));
    assertThat(wait(429, headers, null, null)).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void resetHeadersSayNothingWithoutRemainingNorOfOtherFailures() {
    Map<String, List<String>> reset = Map.of("x-ratelimit-reset-requests", List.of("2s"));
    assertThat(wait(429, reset, null, null)).isNull();
    Map<String, List<String>> both =
        Map.of(
            "x-ratelimit-remaining-requests", List.of("0"),
            "x-ratelimit-reset-requests", List.of("2s"));
    assertThat(wait(503, both, null, null)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Rate limit reached. Please try again in 456ms. Visit us | PT0.456S
          Rate limit reached. Please try again in 1.2s. Visit us | PT1.2S
          Please try again in 6m0s. | PT6M
          Please retry after 37 seconds. To increase | PT37S
          Please retry after 1 second. | PT1S
          Try again after 2 minutes | PT2M
          Please retry in 10.68s. | PT10.68S
          Please retry in 10h17m5.7s. | PT10H17M5.7S
          Details: {"retryDelay": "53s"} | PT53S
          {"retryDelay":"45.837906927s"} | PT45.837906927S
          {\\"retryDelay\\":\\"53s\\"} | PT53S
          Please retry in 10.687s. Details: {"retryDelay": "10s"} | PT10.687S
          Please retry in 9s. Details: {"retryDelay": "10s"} | PT10S
          retry in a moment, or retry in 5s | PT5S
          try again in 1 hour and 5 minutes, or later | PT1H5M
          try again in 1 hour, 5 minutes | PT1H5M
          try again in 20s, 3 requests are queued | PT20S
          Please wait 41646 seconds before retrying. | PT11H34M6S
          Please wait for at least 20 seconds | PT20S
          Please wait for 1 minute before you retry | PT1M
          Request was throttled. Expected available in 3600 seconds. | PT1H
          Your rate limit resets in ~9s. | PT9S
          Your quota will reset after 4h10m. | PT4H10M
          Monthly usage limit reached. Resets in 5 days. | PT120H
          Try again in one minute | PT1M
          Please try again in a minute. | PT1M
          Please try again in 30\u00A0seconds | PT30S
          Please retry in 1 month | PT744H
          Please retry your requests after 5 seconds. | PT5S
          Cooldown: 5 seconds remaining | PT5S
          Your next request is allowed in 5 seconds | PT5S
          Try again in 20:30:12 | PT20H30M12S
          Quota will be replenished in 7.02:26:42. | PT170H26M42S
          Rate limited. Retry-After: 30 | PT30S
          Rate limited (retry_after=30) | PT30S
          429 Quota exceeded [violations { }, retry_delay { seconds: 39 }] | PT39S
          请求过于频繁，请在 60 秒后重试 | PT1M
          请5分钟后重试 | PT5M
          Please retry in two hours | PT2H
          try again in about 5 minutes | PT5M
          You will regain access on 1994-11-06 at 08:50:07 UTC. | PT30S
          Your limit will reset at 1994-11-06T08:50:07Z | PT30S
          Your limit will reset at 1994-11-06 10:50:07+0200. | PT30S
          try again in 99999999999999999999 days | PT2562047H47M16.854775807S
          """)
  void theMessageIsReadLast(String message, Duration wait) {
    assertThat(wait(429, Map.of(), message, null)).isEqualTo(wait);
  }

  @Test
  void ofAWaitWithVeryManyPartsTheFirstCount() {
    String message = "try again in " + "1s".repeat(100);
    assertThat(wait(429, Map.of(), message, null)).isEqualTo(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please try again in a few seconds",
        "Please try again later",
        "Please wait a moment",
        "Your limit will reset at 1994-11-06 08:50:07",
        "Your limit will reset at 1994-11-06T08:49:07Z",
        "resets 8pm (America/New_York)",
        "try again in 0s",
        "try again in -5s",
        "retry after 2026-01-01",
        "retry after 10:30",
        "try again in 10:30",
        "retry at 20:30:12",
        "try again in 20:30:12:05",
        "Retry-After: 30,5",
        "Retry-After: 30-60",
        "Retry-After: soon",
        "等了60秒",
        "try again in 37",
        "try again in 1,000 ms",
        "try again in 5 parsecs",
        "try again in 1.2.3s",
        "try again in",
        "it took 53s",
        ""
      })
  void aMessageWithoutAReadableWaitAsksForNone(String message) {
    assertThat(wait(429, Map.of(), message, null)).isNull();
  }

  @Test
  void anExhaustedDailyQuotaIsNotRetriedThoughItNamesAWait() {
    String message =
        "You exceeded your current quota. Please retry in 22.5s. Details: [{\"quotaId\":"
            + " \"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}, {\"retryDelay\": \"22s\"}]";
    Failure failure = classify(429, Map.of(), message, null);
    assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA_EXHAUSTED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(22_500));
  }

  @Test
  void aWaitBeyondAllMeasureIsCutToWhatFitsNanoseconds() {
    Duration wait = wait(503, Map.of(), null, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(wait).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    assertThat(wait.toNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(wait(503, "retry-after", "Fri, 31 Dec 9999 23:59:59 GMT").toNanos())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nullsAndHugeValuesInHeadersCostOnlyThemselves() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put(null, List.of("1"));
    headers.put("retry-after-ms", null);
    headers.put("x-ms-retry-after-ms", Arrays.asList(null, null));
    headers.put("x".repeat(1_000_000), List.of("1"));
    headers.put("x-amz-retry-after", List.of("1".repeat(1_000_000)));
    List<String> values = new ArrayList<>(Arrays.asList(null, "9".repeat(1_000_000), "8"));
    headers.put("retry-after", values);
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void aHeaderIsFoundBehindThousandsOfOthers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      headers.put("x-" + i, List.of("v"));
    }
    headers.put("retry-after", List.of("5"));
    assertThat(wait(503, headers, null, null)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void headersWithoutAnEndAreNotReadForEver() {
    Map<String, List<String>> headers =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, List<String>>> entrySet() {
            return new EndlessSet<>(Map.entry("x-id", List.of("v")));
          }
        };
    assertThat(wait(503, headers, null, null)).isNull();
  }

  private static final class EndlessSet<T> extends AbstractSet<T> {
    private final T element;

    EndlessSet(T element) {
      this.element = element;
    }

    @Override
    public Iterator<T> iterator() {
      return Stream.generate(() -> element).iterator();
    }

    @Override
    public int size() {
      return Integer.MAX_VALUE;
    }
  }

  private static @Nullable Duration wait(int status, String header, String value) {
    return wait(status, Map.of(header, List.of(value)), null, null);
  }

  private static @Nullable Duration wait(
      int status,
      Map<String, List<String>> headers,
      @Nullable String message,
      @Nullable Duration elsewhere) {
    return classify(status, headers, message, elsewhere).retryAfter();
  }

  private static Failure classify(
      int status,
      Map<String, List<String>> headers,
      @Nullable String message,
      @Nullable Duration elsewhere) {
    FailureFacts facts =
        FailureFacts.builder()
            .statusCode(status)
            .headers(headers)
            .message(message)
            .retryAfter(elsewhere)
            .build();
    return ProviderRules.classify(new ParsedFacts(facts, () -> NOW), false).failure();
  }
}
