package dev.llmretry.runtime.internal.util;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Decides which of the warnings that have the same source are logged: one a minute. */
final class WarningLimits {

  /** The result of {@link #request} for a warning that is left out. */
  static final long LEFT_OUT = -1;

  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  /** Sources beyond this number share one limit. */
  private static final int MAX_SOURCES = 1_000;

  private static final String OTHERS = "";

  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Source> sources = new ConcurrentHashMap<>();

  WarningLimits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Requests to log a warning.
   *
   * @return how many were left out since the last one that was logged; {@link #LEFT_OUT} if this
   *     one is to be left out, too
   */
  long request(String source) {
    long now = nanoTime.getAsLong();
    Source known = sources.get(source);
    if (known == null) {
      String key = sources.size() < MAX_SOURCES ? source : OTHERS;
      known = sources.computeIfAbsent(key, unused -> new Source(now));
    }
    return known.request(now);
  }

  private static final class Source {

    private final AtomicLong due;
    private final AtomicLong leftOut = new AtomicLong();

    Source(long now) {
      due = new AtomicLong(now);
    }

    long request(long now) {
      long earliest = due.get();
      if (now - earliest >= 0 && due.compareAndSet(earliest, now + INTERVAL_NANOS)) {
        return leftOut.getAndSet(0);
      }
      leftOut.incrementAndGet();
      return LEFT_OUT;
    }
  }
}
