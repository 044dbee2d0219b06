package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The delay that a provider asks for. The sources, in order: the retry-after headers; the delay of
 * the extractor; for rate limits, the reset headers of exhausted limits; the body. A value that is
 * zero, negative, past or malformed counts as absent, and the next source is used.
 */
final class RetryAfter {

  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * Members of a body, with their unit in nanoseconds. Discord, Cloudflare, Replicate and others;
   * Hugging Face, for a model that is loading; OpenAI's plans; Google's Code Assist.
   */
  private static final Map<String, Long> MEMBERS =
      Map.ofEntries(
          Map.entry("retryafter", DelayParsing.NANOS_PER_SECOND),
          Map.entry("retryaftersec", DelayParsing.NANOS_PER_SECOND),
          Map.entry("retryafterseconds", DelayParsing.NANOS_PER_SECOND),
          Map.entry("retryafterms", DelayParsing.NANOS_PER_MILLI),
          Map.entry("retryaftermillis", DelayParsing.NANOS_PER_MILLI),
          Map.entry("retryinseconds", DelayParsing.NANOS_PER_SECOND),
          Map.entry("waitseconds", DelayParsing.NANOS_PER_SECOND),
          Map.entry("estimatedtime", DelayParsing.NANOS_PER_SECOND),
          Map.entry("resetinseconds", DelayParsing.NANOS_PER_SECOND),
          Map.entry("resetsinseconds", DelayParsing.NANOS_PER_SECOND),
          Map.entry("resetat", DelayParsing.NANOS_PER_SECOND),
          Map.entry("resetsat", DelayParsing.NANOS_PER_SECOND),
          Map.entry("quotaresetdelay", DelayParsing.NANOS_PER_SECOND));

  private RetryAfter() {}

  /** Returns the delay, more than zero and no longer than {@link DelayParsing#LONGEST}; or null. */
  static @Nullable Duration of(ParsedFacts reading, FailureKind kind) {
    Duration wait = fromRetryAfterHeaders(reading);
    if (wait == null) {
      wait = DelayParsing.usable(reading.facts().retryAfter());
    }
    if (wait == null && isRateLimit(reading, kind)) {
      wait = longest(reading.limits(), reading::now);
    }
    return wait == null ? fromBody(reading, kind) : wait;
  }

  static @Nullable Duration fromRetryAfterHeaders(ParsedFacts reading) {
    Duration wait = millis(reading, ResponseHeader.RETRY_AFTER_MS);
    if (wait == null) {
      wait = millis(reading, ResponseHeader.X_MS_RETRY_AFTER_MS);
    }
    if (wait == null) {
      wait = first(reading, ResponseHeader.RETRY_AFTER, DelayParsing.NANOS_PER_SECOND);
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
    return first(reading, header, DelayParsing.NANOS_PER_MILLI);
  }

  private static @Nullable Duration first(
      ParsedFacts reading, ResponseHeader header, long nanosPerUnit) {
    for (String value : reading.header(header)) {
      Duration wait = DelayParsing.parse(value, nanosPerUnit, reading::now);
      if (wait != null) {
        return wait;
      }
    }
    return null;
  }

  /** The headers are also sent with successes, and for limits that were not exceeded. */
  private static @Nullable Duration longest(RateLimits limits, Supplier<Instant> now) {
    Duration longest = null;
    for (RateLimits.Limit limit : limits.all()) {
      if (limit.isUsedUp() && limit.reset() != null) {
        longest =
            DelayParsing.longer(
                longest, DelayParsing.parse(limit.reset(), DelayParsing.NANOS_PER_SECOND, now));
      }
    }
    return longest;
  }

  /** The members of the body, among them headers that a proxy received, and the text. */
  private static @Nullable Duration fromBody(ParsedFacts reading, FailureKind kind) {
    Duration longest = DelayTextParser.find(reading.text(), reading::now);
    RateLimits limits = new RateLimits();
    for (ResponseBody.Member member : reading.body().members()) {
      Long nanosPerUnit = MEMBERS.get(member.name());
      if (nanosPerUnit != null) {
        longest =
            DelayParsing.longer(
                longest, DelayParsing.parse(member.value(), nanosPerUnit, reading::now));
      } else if (RateLimits.isPart(member.name())) {
        limits.add(member.name(), member.value());
      }
    }
    return isRateLimit(reading, kind)
        ? DelayParsing.longer(longest, longest(limits, reading::now))
        : longest;
  }
}
