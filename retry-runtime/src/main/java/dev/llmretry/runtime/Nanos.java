package dev.llmretry.runtime;

import java.time.Duration;

/** Durations as nanoseconds in a {@code long}. */
final class Nanos {

  /** Stands for no limit: 292 years, which nothing here lives to see. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Nanos() {}

  /** Returns {@code duration} in nanoseconds, or the largest {@code long} if it is longer. */
  static long of(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : duration.toNanos();
  }

  /** Says a time for people: {@code 250 ms}, {@code 0.5 ms}. */
  static String format(long nanos) {
    return nanos % 1_000_000 == 0 ? nanos / 1_000_000 + " ms" : nanos / 1e6 + " ms";
  }
}
