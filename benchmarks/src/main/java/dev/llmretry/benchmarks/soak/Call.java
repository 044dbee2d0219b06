package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationSource;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One call: what is to happen in it, which its number and the seed tell, and what has happened. Its
 * attempts come one after another, so that what they note needs no further care.
 */
final class Call {

  /** More attempts than there may be, so that one too many can be noted. */
  private static final int ROOM = Settings.MAX + 3;

  /** What is asked for before some of the calls that are stopped: it has to be cut short. */
  private static final long LONG_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  final boolean timed;
  final Stop stop;
  final long stopAfterMicros;
  final CancellationSource source = new CancellationSource();
  final CompletableFuture<Void> over = new CompletableFuture<>();
  final AtomicInteger ends = new AtomicInteger();
  final long started;
  final long[] began = new long[ROOM];
  final long[] finished = new long[ROOM];
  final Throwable[] errors = new Throwable[ROOM];
  volatile int attempts;
  volatile long stopped = Long.MAX_VALUE;
  volatile long ended;
  volatile Object result;
  volatile Throwable error;

  /** What stops it by hand, for as long as that can be done. */
  private Runnable hand;

  /** Whether it is to be stopped by hand as soon as that can be done. */
  private boolean stopDue;

  private final Fault[] faults = new Fault[ROOM];
  private final long[] waits = new long[ROOM];
  private final long[] delayMicros = new long[ROOM];
  private final boolean heedsToken;
  private final Consumer<String> afterTheEnd;

  /**
   * Makes a call.
   *
   * @param afterTheEnd hears of what happens when the call is over, and nobody looks at it any more
   */
  Call(long seed, boolean timed, Consumer<String> afterTheEnd) {
    var random = new SplittableRandom(seed);
    this.timed = timed;
    this.afterTheEnd = afterTheEnd;
    for (int i = 0; i < ROOM; i++) {
      faults[i] = fault(random.nextInt(1_000), timed);
      waits[i] = random.nextLong(2_500_000, 6_000_000);
      delayMicros[i] = delayMicros(random, timed);
    }
    stop = stop(random.nextInt(1_000));
    stopAfterMicros = random.nextLong(4_000);
    heedsToken = random.nextBoolean();
    if (!timed && (stop == Stop.BY_TOKEN || stop == Stop.BY_HAND) && random.nextInt(4) == 0) {
      faults[0] = Fault.RATE_LIMITED;
      waits[0] = LONG_WAIT_NANOS;
    }
    started = System.nanoTime();
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

  private static Fault fault(int chance, boolean timed) {
    if (chance < 100) {
      return Fault.OVERLOADED;
    } else if (chance < 200) {
      return Fault.RATE_LIMITED;
    } else if (chance < 210) {
      return Fault.CLOSED_FOR_TODAY;
    } else if (chance < 230) {
      return Fault.UNAUTHORIZED;
    }
    return chance < 240 && timed ? Fault.STALLED : Fault.NONE;
  }

  private static Stop stop(int chance) {
    if (chance < 5) {
      return Stop.BEFORE;
    } else if (chance < 15) {
      return Stop.IN_ATTEMPT;
    } else if (chance < 40) {
      return Stop.BY_TOKEN;
    }
    return chance < 65 ? Stop.BY_HAND : Stop.NOT;
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

  /** Returns how long the wait after an attempt has to be at least, in nanoseconds. */
  long waitNanos(int attempt) {
    return faults[attempt] == Fault.RATE_LIMITED ? waits[attempt] : backoffNanos(attempt);
  }

  /** Returns the wait where the provider asks for none. */
  static long backoffNanos(int attempt) {
    return Math.min(Settings.BASE_DELAY_MS << attempt, Settings.MAX_DELAY_MS) * 1_000_000;
  }

  /** Notes that an attempt begins; returns which. */
  int begin() {
    int attempt = attempts;
    began[attempt] = System.nanoTime();
    if (ended != 0 && began[attempt] - ended > Oracle.TOLERANCE_NANOS) {
      afterTheEnd.accept("made an attempt long after it had ended");
    }
    if (attempt == 0 && stop == Stop.IN_ATTEMPT) {
      stopNow();
    }
    attempts = attempt + 1;
    return attempt;
  }

  synchronized void stoppableBy(Runnable action) {
    hand = action;
    if (stopDue && action != null) {
      stopByHand();
    }
  }

  synchronized void stopByHand() {
    stopDue = hand == null;
    if (!stopDue) {
      stopped = System.nanoTime();
      hand.run();
    }
  }

  void stopNow() {
    stopped = System.nanoTime();
    source.cancel();
  }

  SoakException errorOf(int attempt) {
    Fault fault = faults[attempt];
    return new SoakException(
        fault.kind(),
        switch (fault) {
          case RATE_LIMITED -> Duration.ofNanos(waits[attempt]);
          case CLOSED_FOR_TODAY -> Duration.ofMillis(Settings.MAX_RETRY_AFTER_MS + 1);
          default -> null;
        });
  }

  /** Notes how an attempt ended. */
  void finish(int attempt, Throwable failure) {
    errors[attempt] = failure;
    finished[attempt] = System.nanoTime();
  }

  void end(Object returned, Throwable failure) {
    if (ends.incrementAndGet() == 1) {
      result = returned;
      error = failure;
      ended = System.nanoTime();
      over.complete(null);
    } else {
      afterTheEnd.accept("ended again");
    }
  }
}
