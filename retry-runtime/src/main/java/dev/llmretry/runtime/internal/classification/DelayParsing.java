package dev.llmretry.runtime.internal.classification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes waits of numbers and times. A wait is never shorter than what was said. */
final class DelayParsing {

  static final long NANOS_PER_MILLI = 1_000_000L;
  static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** What fits a {@code long} in nanoseconds. Longer waits are cut to it: 292 years. */
  static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int MAX_DIGITS = 40;

  private DelayParsing() {}

  /** Returns {@code wait}, cut to {@link #LONGEST}; or null if it is null, zero or negative. */
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

  /** Returns the wait that a number such as {@code 1.5} means, or null if it is none. */
  static @Nullable Duration decimal(String value, long nanosPerUnit) {
    BigDecimal number = number(value);
    return number == null ? null : ofNanos(number.multiply(BigDecimal.valueOf(nanosPerUnit)));
  }

  /** Returns whether {@code value} is a way to write zero. */
  static boolean isZero(String value) {
    BigDecimal number = number(value);
    return number != null && number.signum() == 0;
  }

  /** Returns that wait, rounded up; or null if it is zero. */
  static @Nullable Duration ofNanos(BigDecimal nanos) {
    if (nanos.signum() <= 0) {
      return null;
    }
    BigDecimal whole = nanos.setScale(0, RoundingMode.CEILING).min(MAX_NANOS);
    return Duration.ofNanos(whole.longValueExact());
  }

  /**
   * Returns the number that {@code text} is, or null. Digits and at most one point: no sign, no
   * exponent, nothing that a number in a header could be mistaken for.
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
