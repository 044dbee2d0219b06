package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * Members of a body, without the unit at the end of some. Without one they have seconds. Discord,
   * Cloudflare, Replicate and others; Hugging Face, for a model that is loading; OpenAI's plans;
   * Google's Code Assist.
   */
  private static final Set<String> MEMBERS =
      Set.of(
          "estimatedtime",
          "quotaresetdelay",
          "resetafter",
          "resetat",
          "resetin",
          "resetsat",
          "resetsin",
          "resettime",
          "retryafter",
          "retrydelay",
          "retryin");

  /** Members that count only with a unit at the end of the name: without one it is not known. */
  private static final Set<String> MEMBERS_WITH_UNIT = Set.of("cooldown", "wait", "waittime");

  /** The units in names, the longest first. */
  private static final Map<String, Long> UNITS = new LinkedHashMap<>();

  static {
    for (String unit : List.of("milliseconds", "millis", "ms")) {
      UNITS.put(unit, DelayParsing.NANOS_PER_MILLI);
    }
    for (String unit : List.of("seconds", "secs", "sec")) {
      UNITS.put(unit, DelayParsing.NANOS_PER_SECOND);
    }
    UNITS.put("minutes", 60 * DelayParsing.NANOS_PER_SECOND);
    UNITS.put("hours", 3600 * DelayParsing.NANOS_PER_SECOND);
  }

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
    for (ResponseBody.Member header : reading.otherDelays()) {
      wait = wait == null ? parse(reading, header) : wait;
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

  private static boolean isDelay(String name) {
    String unit = unit(name);
    String stem = name.substring(0, name.length() - unit.length());
    return MEMBERS.contains(stem) || (!unit.isEmpty() && MEMBERS_WITH_UNIT.contains(stem));
  }

  private static @Nullable Duration parse(ParsedFacts reading, ResponseBody.Member member) {
    long nanosPerUnit = UNITS.getOrDefault(unit(member.name()), DelayParsing.NANOS_PER_SECOND);
    return DelayParsing.parse(member.value(), nanosPerUnit, reading::now);
  }

  /** Returns the unit at the end of the name of a header or a member, or the empty string. */
  private static String unit(String name) {
    return UNITS.keySet().stream().filter(name::endsWith).findFirst().orElse("");
  }

  /** The members of the body, among them headers that a proxy received, and the text. */
  private static @Nullable Duration fromBody(ParsedFacts reading, FailureKind kind) {
    Duration longest = DelayTextParser.find(reading.text(), reading::now);
    RateLimits limits = new RateLimits();
    for (ResponseBody.Member member : reading.body().members()) {
      if (isDelay(member.name())) {
        longest = DelayParsing.longer(longest, parse(reading, member));
      } else if (RateLimits.isPart(member.name())) {
        limits.add(member.name(), member.value());
      }
    }
    return isRateLimit(reading, kind)
        ? DelayParsing.longer(longest, longest(limits, reading::now))
        : longest;
  }
}
