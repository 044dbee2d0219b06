package dev.llmretry.redis;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fifty processes (runtimes, each with connections of its own) against one rate limit and one
 * Redis, in real time: apart, sharing, and with a Redis that is killed and started again.
 */
final class FleetRun {

  private static final int PROCESSES = 50;
  private static final int CALLS = 4_000;
  private static final int PER_SECOND = 100;

  private FleetRun() {}

  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        "%d calls at once in %d processes, %d a second are accepted%n",
        CALLS, PROCESSES, PER_SECOND);
    run("apart", null, null);
    try (var server = new RedisServer()) {
      run("sharing", server.uri(), null);
    }
    try (var server = new RedisServer()) {
      run("Redis killed and restarted", server.uri(), server);
    }
  }

  private static void run(String name, @Nullable String uri, @Nullable RedisServer killed)
      throws Exception {
    long start = System.nanoTime();
    try (var fleet = new Fleet(uri, PROCESSES, PER_SECOND, PER_SECOND / 10)) {
      List<CompletableFuture<String>> calls = fleet.call(CALLS);
      if (killed != null) {
        awaitDone(calls, CALLS / 3);
        killed.kill();
        awaitDone(calls, 2 * CALLS / 3);
        killed.restart();
      }
      awaitDone(calls, CALLS);
      long answered = calls.stream().filter(call -> !call.isCompletedExceptionally()).count();
      System.out.printf(
          Locale.ROOT,
          "%-28s %6.2f %% answered, %.2f requests per answer, %.2f of the ideal time%n",
          name,
          100.0 * answered / CALLS,
          (double) fleet.requests.get() / answered,
          (System.nanoTime() - start) / 1e9 * PER_SECOND / CALLS);
    }
  }

  private static void awaitDone(List<CompletableFuture<String>> calls, int count) {
    while (calls.stream().filter(CompletableFuture::isDone).count() < count) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
