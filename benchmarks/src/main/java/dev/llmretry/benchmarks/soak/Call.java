package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One call: its faults, which depend on the seed alone, and notes of what has happened. Attempts
 * are numbered in the order in which they begin, from 0.
 */
final class Call {

  /** More attempts than there may be, so that one too many can be noted. */
  private static final int ROOM = Settings.MAX + 3;

  /** Refusals with which an upstream tests its provider use up no retry, eleven times of twelve. */
  static final int REFUSALS_PER_RETRY = 12;

  /** A wait before some of the calls that are stopped; stopping them must end it. */
  private static final long LONG_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  final Scene scene;
  final Way way;
  final boolean timed;
  final Stop stop;
  final long stopAfterMicros;
  final CancellationSource source = new CancellationSource();
  final CompletableFuture<Void> over = new CompletableFuture<>();
  final AtomicInteger ends = new AtomicInteger();
  final long started;
  final long[] began;
  final long[] finished;
  final int[] routes;
  final Throwable[] errors;
  volatile int attempts;
  volatile long stopped = Long.MAX_VALUE;
  volatile long ended;
  volatile Object result;
  volatile Throwable error;

  /** Interrupts or cancels the call from outside; null while that is not possible. */
  private Runnable canceller;

  /** Whether the canceller is to be called as soon as there is one. */
  private boolean isCancellerDue;

  final Fault[] faults;
  private final long[] waits;
  private final long[] delayMicros;
  private final boolean heedsToken;
  private final long resetAfterMicros;
  private final Consumer<String> violations;

  /**
   * Makes a call.
   *
   * @param index which call of the scene it is
   * @param violations receives what happens after the end, when the call is no longer judged
   */
  Call(Scene scene, Way way, int index, long seed, boolean timed, Consumer<String> violations) {
    var random = new SplittableRandom(seed);
    this.scene = scene;
    this.way = way;
    this.timed = timed;
    this.violations = violations;
    int room = room(scene.mode);
    began = new long[room];
    finished = new long[room];
    routes = new int[room];
    errors = new Throwable[room];
    faults = new Fault[room];
    waits = new long[room];
    delayMicros = new long[room];
    for (int i = 0; i < room; i++) {
      faults[i] = scene.odds(index, i).at(random.nextInt(Fault.Odds.OF));
      waits[i] = random.nextLong(2_500_000, 6_000_000);
      delayMicros[i] = delayMicros(random, timed);
    }
    replaceStalls();
    stop = stop(random.nextInt(1_000));
    stopAfterMicros = random.nextLong(4_000);
    heedsToken = random.nextBoolean() || (scene.mode.isHedged() && way == Way.CALLBACK);
    resetAfterMicros = random.nextLong(5_000, 100_000);
    boolean canBeStopped = stop == Stop.BY_TOKEN || stop == Stop.BY_CALLER;
    if (!timed && !scene.mode.isShared() && canBeStopped && random.nextInt(4) == 0) {
      faults[0] = Fault.RATE_LIMITED;
      waits[0] = LONG_WAIT_NANOS;
    }
    started = System.nanoTime();
  }

  private static int room(Mode mode) {
    int attempts = mode.isShared() ? REFUSALS_PER_RETRY * ROOM : ROOM;
    return mode.isHedged() ? 2 * attempts : attempts;
  }

  /** Only a time limit ends an attempt that stalls, or a hedge that succeeds. */
  private void replaceStalls() {
    boolean isAlwaysHedged = scene.mode.isHedged() && !scene.mode.isShared();
    for (int i = 0; i < faults.length && !timed; i++) {
      if (faults[i] == Fault.STALLED && !(i == 0 && isAlwaysHedged)) {
        faults[i] = Fault.NONE;
      }
    }
    if (!timed && faults[0] == Fault.STALLED) {
      faults[1] = Fault.NONE;
    }
  }

  /** One future in ten is completed later, some of them about when their time is up. */
  private static long delayMicros(SplittableRandom random, boolean timed) {
    int chance = random.nextInt(1_000);
    if (chance < 80) {
      return random.nextLong(1, 3_000);
    }
    long limit = TimeUnit.MILLISECONDS.toMicros(Settings.ATTEMPT_TIMEOUT_MS);
    return chance < 100 && timed ? random.nextLong(limit - 2_000, limit + 2_000) : 0;
  }

  private static Stop stop(int chance) {
    if (chance < 5) {
      return Stop.BEFORE;
    } else if (chance < 15) {
      return Stop.IN_ATTEMPT;
    } else if (chance < 40) {
      return Stop.BY_TOKEN;
    }
    return chance < 65 ? Stop.BY_CALLER : Stop.NOT;
  }

  Fault fault(int attempt) {
    return faults[attempt];
  }

  /** Returns when to complete the future of an attempt; 0 for at once. */
  long delayMicros(int attempt) {
    return delayMicros[attempt];
  }

  /** Returns whether the futures of its attempts are cancelled with their tokens. */
  boolean heedsToken() {
    return heedsToken;
  }

  /** Returns the wait that the provider asks for after an attempt, in nanoseconds; 0 for none. */
  long askedNanos(int attempt) {
    return switch (faults[attempt]) {
      case RATE_LIMITED -> waits[attempt];
      case CLOSED_FOR_TODAY -> TimeUnit.MILLISECONDS.toNanos(Settings.MAX_RETRY_AFTER_MS + 1);
      default -> 0;
    };
  }

  /**
   * Notes that an attempt begins on a route; returns which. One whose thread was so slow that it
   * has run out of time, or lost against a hedge, is none.
   *
   * @param token the token of the attempt
   * @throws CancellationException if the attempt is over before it begins
   */
  synchronized int begin(int route, CancellationToken token) {
    int attempt = attempts;
    long now = System.nanoTime();
    if (ended != 0 && now - ended > Oracle.TOLERANCE_NANOS) {
      violations.accept("made an attempt long after it had ended");
    }
    boolean mayBeOver = (timed || scene.mode.isHedged()) && stopped == Long.MAX_VALUE;
    if (mayBeOver && token.isCancelled()) {
      throw new CancellationException("the attempt is over");
    }
    began[attempt] = now;
    routes[attempt] = route;
    if (attempt == 0 && stop == Stop.IN_ATTEMPT) {
      stopNow();
    }
    attempts = attempt + 1;
    return attempt;
  }

  /** Sets what interrupts or cancels the call from outside; null if that is no longer possible. */
  synchronized void setCanceller(Runnable action) {
    canceller = action;
    if (isCancellerDue && action != null) {
      cancelByCaller();
    }
  }

  synchronized void cancelByCaller() {
    isCancellerDue = canceller == null;
    if (!isCancellerDue) {
      stopped = System.nanoTime();
      canceller.run();
    }
  }

  void stopNow() {
    stopped = System.nanoTime();
    source.cancel();
  }

  /** Makes the error of an attempt; null if it returns. */
  SoakException errorOf(int attempt) {
    Fault fault = faults[attempt];
    long asked = askedNanos(attempt);
    return fault.kind() == null
        ? null
        : new SoakException(fault.kind(), asked == 0 ? null : Duration.ofNanos(asked));
  }

  /** Notes how an attempt ended. */
  void finish(int attempt, Throwable failure) {
    Pauses pauses = scene.pauses(routes[attempt]);
    Fault fault = faults[attempt];
    errors[attempt] = failure;
    long now = System.nanoTime();
    if (failure instanceof SoakException && fault.isPushback()) {
      scene.resetAfter(resetAfterMicros);
      pauses.ask(now + askedNanos(attempt) + Oracle.TOLERANCE_NANOS);
    } else if (failure != null) {
      pauses.fail(fault);
    }
    finished[attempt] = now;
  }

  /** Returns whether an attempt has not ended. */
  boolean isRunning() {
    for (int i = 0; i < attempts; i++) {
      if (finished[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many attempts began while the one before was running. */
  int overlaps() {
    int overlaps = 0;
    for (int i = 1; i < attempts; i++) {
      if (finished[i - 1] == 0 || finished[i - 1] > began[i]) {
        overlaps++;
      }
    }
    return overlaps;
  }

  void end(Object returned, Throwable failure) {
    if (ends.incrementAndGet() == 1) {
      result = returned;
      error = failure;
      ended = System.nanoTime();
      noteKnownPause();
      over.complete(null);
    } else {
      violations.accept("ended again");
    }
  }

  /** A refusal that ends the call is known to its upstream by then. */
  private void noteKnownPause() {
    int last = attempts - 1;
    boolean isRefused = error != null && last >= 0 && error == errors[last];
    if (scene.mode.isShared() && isRefused && faults[last].isPushback()) {
      long asked = finished[last];
      scene.pauses(routes[last]).learnt(asked, ended, asked + askedNanos(last));
    }
  }

  /** Returns what attempts have noted, with times in microseconds since the call was made. */
  String notes() {
    var notes = new StringJoiner(", ", "attempts [", "]");
    for (int i = 0; i < attempts; i++) {
      String end = finished[i] == 0 ? "" : "" + micros(finished[i]);
      notes.add(faults[i] + " of route " + routes[i] + " " + micros(began[i]) + ".." + end);
    }
    return notes + ", ended " + micros(ended) + " with " + error;
  }

  private long micros(long time) {
    return TimeUnit.NANOSECONDS.toMicros(time - started);
  }

  @Override
  public String toString() {
    return scene.mode + " " + way + (timed ? " in time" : "") + ", stop " + stop;
  }
}
