package dev.llmretry.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * The pauses that a provider or its operator has asked for, and the failures of the provider: what
 * may make calls wait. All times are those of {@link System#nanoTime}. Safe for use by any thread.
 */
final class Pauses {

  /** How many failures an upstream tolerates. */
  private static final int RESERVE = 10;

  private final List<Pause> known = new ArrayList<>();
  private final LongAccumulator latestEnd = new LongAccumulator(Math::max, Long.MIN_VALUE);
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean limited;
  private int lifting;
  private long lifted = Long.MIN_VALUE;

  /** A pause is about to be asked for; the upstream may learn of it from now on. */
  void ask(long end) {
    limited = true;
    latestEnd.accumulate(end);
  }

  /** The upstream has learnt of a pause. */
  synchronized void learnt(long askedAt, long learntAt, long end) {
    if (lifting == 0 && lifted < askedAt) {
      known.add(new Pause(learntAt, end));
    }
  }

  /** The upstream is about to forget all pauses. */
  synchronized void beginLifting() {
    lifting++;
    long now = System.nanoTime();
    known.replaceAll(pause -> new Pause(pause.learntAt, Math.min(pause.end, now)));
  }

  /** The upstream has forgotten all pauses. */
  synchronized void endLifting() {
    lifting--;
    lifted = System.nanoTime();
  }

  /** Returns whether pauses were forgotten after some time. */
  synchronized boolean wereLiftedSince(long time) {
    return lifting > 0 || lifted >= time;
  }

  /** Returns when the pauses end of which the upstream knew at some time. */
  synchronized long endAsOf(long time) {
    long end = Long.MIN_VALUE;
    for (Pause pause : known) {
      if (pause.learntAt <= time) {
        end = Math.max(end, pause.end);
      }
    }
    return end;
  }

  /** Returns the latest end of all pauses that were asked for. */
  long latestEnd() {
    return latestEnd.get();
  }

  /** An attempt is about to fail, which uses up the budget of its route or closes it. */
  void fail(Fault fault) {
    if (fault == Fault.UNAUTHORIZED) {
      limited = true;
    }
    failures.incrementAndGet();
  }

  /** Returns whether the upstream may hold attempts back, or have done so. */
  boolean mayLimit() {
    return limited || failures.get() >= RESERVE;
  }

  private record Pause(long learntAt, long end) {}
}
