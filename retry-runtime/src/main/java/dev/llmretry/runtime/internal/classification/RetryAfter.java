package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delay that a provider asks for. The sources, in order: the retry-after headers; the delay of
 * the extractor; for rate limits, the reset headers of exhausted limits; the message. A value that
 * is zero, negative, past or malformed counts as absent, and the next source is used.
 */
final class RetryAfter {

  private static final int TOO_MANY_REQUESTS = 429;

  private record Limit(ResponseHeader remaining, ResponseHeader reset) {}

  /** OpenAI, Rate limits; Anthropic, Rate limits. */
  private static final List<Limit> LIMITS =
      List.of(
          new Limit(ResponseHeader.OPENAI_REMAINING_REQUESTS, ResponseHeader.OPENAI_RESET_REQUESTS),
          new Limit(ResponseHeader.OPENAI_REMAINING_TOKENS, ResponseHeader.OPENAI_RESET_TOKENS),
          new Limit(
              ResponseHeader.ANTHROPIC_REMAINING_REQUESTS, ResponseHeader.ANTHROPIC_RESET_REQUESTS),
          new Limit(
              ResponseHeader.ANTHROPIC_REMAINING_TOKENS, ResponseHeader.ANTHROPIC_RESET_TOKENS),
          new Limit(
              ResponseHeader.ANTHROPIC_REMAINING_INPUT_TOKENS,
              ResponseHeader.ANTHROPIC_RESET_INPUT_TOKENS),
          new Limit(
              ResponseHeader.ANTHROPIC_REMAINING_OUTPUT_TOKENS,
              ResponseHeader.ANTHROPIC_RESET_OUTPUT_TOKENS));

  private RetryAfter() {}

  /** Returns the delay, more than zero and no longer than {@link DelayParsing#LONGEST}; or null. */
  static @Nullable Duration of(ParsedFacts reading, FailureKind kind) {
    Duration wait = fromRetryAfterHeaders(reading);
    if (wait == null) {
      wait = DelayParsing.usable(reading.facts().retryAfter());
    }
    if (wait == null && isRateLimit(reading, kind)) {
      wait = fromResetHeaders(reading);
    }
    if (wait == null) {
      wait = DelayTextParser.find(reading.text());
    }
    return wait;
  }

  static @Nullable Duration fromRetryAfterHeaders(ParsedFacts reading) {
    Duration wait = millis(reading, ResponseHeader.RETRY_AFTER_MS);
    if (wait == null) {
      wait = millis(reading, ResponseHeader.X_MS_RETRY_AFTER_MS);
    }
    if (wait == null) {
      wait = secondsOrDate(reading);
    }
    if (wait == null) {
      wait = millis(reading, ResponseHeader.X_AMZ_RETRY_AFTER);
    }
    return wait;
  }

  private static boolean isRateLimit(ParsedFacts reading, FailureKind kind) {
    return kind == FailureKind.RATE_LIMITED || reading.facts().statusCode() == TOO_MANY_REQUESTS;
  }

  private static @Nullable Duration millis(ParsedFacts reading, ResponseHeader header) {
    for (String value : reading.header(header)) {
      Duration wait = DelayParsing.decimal(value, DelayParsing.NANOS_PER_MILLI);
      if (wait != null) {
        return wait;
      }
    }
    return null;
  }

  private static @Nullable Duration secondsOrDate(ParsedFacts reading) {
    for (String value : reading.header(ResponseHeader.RETRY_AFTER)) {
      Duration wait = DelayParsing.decimal(value, DelayParsing.NANOS_PER_SECOND);
      if (wait == null) {
        Instant now = reading.now();
        wait = DelayParsing.until(HttpDates.parse(value, now), now);
      }
      if (wait != null) {
        return wait;
      }
    }
    return null;
  }

  /** The headers are also sent with successes, and for limits that were not exceeded. */
  private static @Nullable Duration fromResetHeaders(ParsedFacts reading) {
    Duration longest = null;
    for (Limit limit : LIMITS) {
      if (isUsedUp(reading, limit)) {
        Duration wait = reset(reading, limit);
        if (wait != null && (longest == null || wait.compareTo(longest) > 0)) {
          longest = wait;
        }
      }
    }
    return longest;
  }

  private static boolean isUsedUp(ParsedFacts reading, Limit limit) {
    for (String value : reading.header(limit.remaining())) {
      if (DelayParsing.isZero(value)) {
        return true;
      }
    }
    return false;
  }

  /** The formats are {@code 6m0s} (OpenAI), seconds (Azure) and an RFC 3339 time (Anthropic). */
  private static @Nullable Duration reset(ParsedFacts reading, Limit limit) {
    for (String value : reading.header(limit.reset())) {
      Duration wait = DelayParsing.decimal(value, DelayParsing.NANOS_PER_SECOND);
      if (wait == null) {
        wait = DelayTextParser.parse(value);
      }
      if (wait == null) {
        wait = DelayParsing.until(HttpDates.parseRfc3339(value), reading.now());
      }
      if (wait != null) {
        return wait;
      }
    }
    return null;
  }
}
