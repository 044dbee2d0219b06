package dev.llmretry.runtime.internal.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Converts durations to nanoseconds in a {@code long}. */
public final class Durations {

  /** The value for no limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Returns {@code duration} in nanoseconds, at most the largest {@code long}; {@link #UNLIMITED}
   * for null.
   */
  public static long toNanos(@Nullable Duration duration) {
    return duration == null || duration.compareTo(LONGEST) > 0 ? UNLIMITED : duration.toNanos();
  }

  /** Returns a duration in milliseconds, such as {@code 250 ms} or {@code 0.5 ms}. */
  public static String format(Duration duration) {
    long nanos = toNanos(duration);
    return nanos % 1_000_000 == 0 ? nanos / 1_000_000 + " ms" : nanos / 1e6 + " ms";
  }
}
