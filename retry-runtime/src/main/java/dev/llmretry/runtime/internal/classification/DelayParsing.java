package dev.llmretry.runtime.internal.classification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts numbers and times to delays. A delay is never shorter than the provider asked. */
final class DelayParsing {

  static final long NANOS_PER_MILLI = 1_000_000L;
  static final long NANOS_PER_SECOND = 1_000_000_000L;

  /**
   * The longest delay: {@link Long#MAX_VALUE} nanoseconds, 292 years. Longer ones are cut to it.
   */
  static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal MIN_UNIX_TIME = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal MAX_UNIX_TIME = BigDecimal.valueOf(4_000_000_000L);
  private static final int MAX_DIGITS = 40;

  /** A date and time without separators: {@code 20260131085007}. */
  private static final Pattern DATE_OF_DIGITS =
      Pattern.compile(
          "(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:[01]\\d|2[0-3])(?:[0-5]\\d){2}");

  private DelayParsing() {}

  /** Returns the delay, cut to {@link #LONGEST}; null if it is null, zero or negative. */
  static @Nullable Duration usable(@Nullable Duration wait) {
    if (wait == null || wait.isZero() || wait.isNegative()) {
      return null;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /** Returns the time from {@code now} to {@code then}, or null if that is unknown or past. */
  static @Nullable Duration until(@Nullable Instant then, Instant now) {
    return then == null ? null : usable(Duration.between(now, then));
  }

  /**
   * Returns the delay that a header or a member of a body states, or null if it cannot be read, or
   * could be misread. Formats, with {@code now} as the time of the response:
   *
   * <ul>
   *   <li>a number of units, or several equal ones: {@code 30}, {@code 1.5}, {@code 30, 30}
   *   <li>a number that can only be a Unix time, in seconds, milliseconds and so on: {@code
   *       1764419400}
   *   <li>a duration: {@code 1m30s}, {@code 90 seconds}, {@code PT1M30S}
   *   <li>a date: of HTTP, of mail ({@code +0000}), of ISO 8601 with a zone
   * </ul>
   */
  static @Nullable Duration parse(String text, long nanosPerUnit, Supplier<Instant> now) {
    String value = single(text);
    BigDecimal number = number(value);
    if (number != null) {
      if (DATE_OF_DIGITS.matcher(value).matches()) {
        return null; // its zone is unknown
      }
      Instant then = unixTime(number, nanosPerUnit);
      return then == null
          ? ofNanos(number.multiply(BigDecimal.valueOf(nanosPerUnit)))
          : until(then, now.get());
    }
    Duration duration = DelayTextParser.parse(value);
    if (duration == null) {
      duration = iso8601(value);
    }
    return duration == null ? until(HttpDates.parse(value, now.get()), now.get()) : duration;
  }

  /** Several headers are joined with commas. Some are strings. */
  private static String single(String value) {
    int last = value.length() - 1;
    if (last > 1 && value.charAt(0) == '"' && value.charAt(last) == '"') {
      return value.substring(1, last);
    }
    int comma = value.indexOf(',');
    if (comma <= 0) {
      return value;
    }
    String first = value.substring(0, comma).strip();
    for (String other : value.substring(comma + 1).split(",", -1)) {
      if (!other.strip().equals(first)) {
        return value;
      }
    }
    return first;
  }

  /**
   * Returns the time if the number is between 2001 and 2096 as a Unix time in seconds,
   * milliseconds, microseconds or nanoseconds, else null. As a delay it would be more than 30
   * years.
   */
  private static @Nullable Instant unixTime(BigDecimal number, long nanosPerUnit) {
    for (int scale = nanosPerUnit < NANOS_PER_SECOND ? 3 : 0; scale <= 9; scale += 3) {
      BigDecimal seconds = number.scaleByPowerOfTen(-scale);
      if (seconds.compareTo(MIN_UNIX_TIME) >= 0 && seconds.compareTo(MAX_UNIX_TIME) < 0) {
        return Instant.EPOCH.plusNanos(ceiling(seconds.scaleByPowerOfTen(9)));
      }
    }
    return null;
  }

  private static @Nullable Duration iso8601(String value) {
    if (!value.startsWith("P") && !value.startsWith("p")) {
      return null;
    }
    try {
      return usable(Duration.parse(value));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns the longer of two delays; a null is shorter than any. */
  static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** Returns the delay for a number such as {@code 1.5}; null if it is no positive number. */
  static @Nullable Duration decimal(String value, long nanosPerUnit) {
    BigDecimal number = number(value);
    return number == null ? null : ofNanos(number.multiply(BigDecimal.valueOf(nanosPerUnit)));
  }

  /** Returns whether {@code value} is zero, in any notation. */
  static boolean isZero(String value) {
    BigDecimal number = number(value);
    return number != null && number.signum() == 0;
  }

  /** Returns the delay, rounded up; null if it is zero. */
  static @Nullable Duration ofNanos(BigDecimal nanos) {
    if (nanos.signum() <= 0) {
      return null;
    }
    return Duration.ofNanos(ceiling(nanos));
  }

  private static long ceiling(BigDecimal nanos) {
    return nanos.setScale(0, RoundingMode.CEILING).min(MAX_NANOS).longValueExact();
  }

  /**
   * Returns the number in {@code text}, or null. It consists of digits and at most one point,
   * without a sign or an exponent.
   */
  static @Nullable BigDecimal number(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS) {
      return null;
    }
    int digits = 0;
    int points = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        points++;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        return null;
      }
    }
    return digits == 0 || points > 1 ? null : new BigDecimal(text);
  }
}
