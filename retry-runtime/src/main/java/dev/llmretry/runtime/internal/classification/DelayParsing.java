package dev.llmretry.runtime.internal.classification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
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
  private static final int MAX_DIGITS = 40;

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
    BigDecimal whole = nanos.setScale(0, RoundingMode.CEILING).min(MAX_NANOS);
    return Duration.ofNanos(whole.longValueExact());
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
