package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.HeldBackException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts how calls end, and keeps what was wrong. Safe for use by any thread. */
final class Tally {

  private static final int SHOWN = 20;

  private final Map<Enum<?>, Row> rows = new LinkedHashMap<>();
  private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
  private final LongAdder wrong = new LongAdder();

  Tally() {
    Stream.concat(Stream.of(Way.values()), Stream.of(Mode.values()))
        .forEach(each -> rows.put(each, new Row()));
  }

  /** Counts a call that is over, and judges it. */
  void add(Call call) {
    rows.get(call.way).add(call);
    rows.get(call.scene.mode).add(call);
    String found = Oracle.judge(call);
    if (found != null) {
      add(call + ": " + found + "; " + call.notes());
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
    return Stream.of(Way.values()).mapToLong(way -> rows.get(way).calls.sum()).sum();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(
        line(
            "%s",
            "",
            "calls",
            "attempts",
            "results",
            "failures",
            "held back",
            "cancelled",
            "late by ms"));
    rows.forEach(
        (key, row) ->
            text.append(
                line(
                    "%,d",
                    key.name().toLowerCase(Locale.ROOT),
                    row.calls.sum(),
                    row.attempts.sum(),
                    row.results.sum(),
                    row.failed.sum(),
                    row.heldBack.sum(),
                    row.cancelled.sum(),
                    row.latestMillis.get())));
    return text.toString();
  }

  private static String line(String format, Object title, Object... cells) {
    var line = new StringBuilder(String.format(Locale.ROOT, "%-14s", title));
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
    private final LongAdder heldBack = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAccumulator latestMillis = new LongAccumulator(Math::max, 0);

    void add(Call call) {
      calls.increment();
      attempts.add(call.attempts);
      if (call.error == null) {
        results.increment();
      } else if (call.error instanceof CancellationException) {
        cancelled.increment();
      } else if (call.error instanceof HeldBackException) {
        heldBack.increment();
      } else {
        failed.increment();
      }
      if (call.timed) {
        long took = TimeUnit.NANOSECONDS.toMillis(call.ended - call.started);
        latestMillis.accumulate(took - Settings.DEADLINE_MS);
      }
    }
  }
}
