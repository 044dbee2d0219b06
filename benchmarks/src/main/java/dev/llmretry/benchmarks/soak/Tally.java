package dev.llmretry.benchmarks.soak;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts how calls end, and keeps what was wrong. Safe for use by any thread. */
final class Tally {

  private static final int SHOWN = 20;

  private final Map<Way, Row> rows = new EnumMap<>(Way.class);
  private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
  private final LongAdder wrong = new LongAdder();

  Tally() {
    for (Way way : Way.values()) {
      rows.put(way, new Row());
    }
  }

  void add(Way way, Call call) {
    Row row = rows.get(way);
    row.calls.increment();
    row.attempts.add(call.attempts);
    if (call.error == null) {
      row.results.increment();
    } else if (call.error instanceof CancellationException) {
      row.cancelled.increment();
    } else {
      row.failed.increment();
    }
    if (call.timed) {
      long took = TimeUnit.NANOSECONDS.toMillis(call.ended - call.started);
      row.latestMillis.accumulate(took - Settings.DEADLINE_MS);
    }
    String found = Oracle.judge(call);
    if (found != null) {
      add(way + (call.timed ? " in time" : "") + ", stop " + call.stop + ": " + found);
    }
  }

  void add(String violation) {
    wrong.increment();
    if (wrong.sum() <= SHOWN) {
      wrongs.add(violation);
    }
  }

  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  long violations() {
    return wrong.sum();
  }

  long calls() {
    return rows.values().stream().mapToLong(row -> row.calls.sum()).sum();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(
        line("%s", "way", "calls", "attempts", "results", "failures", "cancelled", "late by ms"));
    rows.forEach(
        (way, row) ->
            text.append(
                line(
                    "%,d",
                    way.name().toLowerCase(Locale.ROOT),
                    row.calls.sum(),
                    row.attempts.sum(),
                    row.results.sum(),
                    row.failed.sum(),
                    row.cancelled.sum(),
                    row.latestMillis.get())));
    return text.toString();
  }

  private static String line(String format, Object way, Object... cells) {
    var line = new StringBuilder(String.format(Locale.ROOT, "%-12s", way));
    for (Object cell : cells) {
      line.append(String.format(Locale.ROOT, "%13s", String.format(Locale.ROOT, format, cell)));
    }
    return line.append('\n').toString();
  }

  private static final class Row {
    private final LongAdder calls = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder results = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAccumulator latestMillis = new LongAccumulator(Math::max, 0);
  }
}
