package dev.llmretry.benchmarks.soak;

import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes millions of calls from many threads, in all ways that the runtime has by itself, with
 * failures, waits that are asked for, time-outs, deadlines, cancellations, interrupts. Checks that
 * each ends once and as it should, and that nothing is left of them; prints a table.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.soak.Soak [calls [seed]]
 * }</pre>
 *
 * <p>Unless told, ten million calls, in some minutes. The exit code is 1 if anything was wrong.
 */
public final class Soak implements RetryListener {

  private static final long CALLS = 10_000_000;
  private static final long WARM_UP = 50_000;
  private static final int RETRYING_THREADS = 4;
  private static final long HANGS_AFTER_SECONDS = 60;

  private final LongAdder ends = new LongAdder();
  private final CountedToken application = new CountedToken(new CancellationSource().token());
  private final ExecutorService retrying = Executors.newFixedThreadPool(RETRYING_THREADS);
  private final ScheduledThreadPoolExecutor stopper = new ScheduledThreadPoolExecutor(1);
  private final RetryRuntime runtime =
      RetryRuntime.builder()
          .executor(retrying)
          .listener(this)
          .token(application)
          .upstream(Upstream.none()) // each call is judged by what happens to it alone
          .build();
  private final SoakClient client = new RetryingSoakClient(Way.PROVIDER, runtime);
  private final AtomicLong next = new AtomicLong();
  private final long calls;
  private final long seed;
  private final Tally tally;

  private Soak(long calls, long seed, Tally tally) {
    this.calls = calls;
    this.seed = seed;
    this.tally = tally;
  }

  public static void main(String... args) throws Exception {
    long calls = args.length > 0 ? Long.parseLong(args[0]) : CALLS;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new SplittableRandom().nextLong();
    System.out.printf(
        "JDK %s, %,d calls, seed %d, %d threads, %d virtual ones%n",
        Runtime.version(), calls, seed, Workers.PLATFORM, Workers.VIRTUAL);
    Tally warmUp = new Tally();
    Tally tally = new Tally();
    new Soak(Math.min(calls, WARM_UP), ~seed, warmUp).run();
    Remains before = Remains.now();
    long started = System.nanoTime();
    new Soak(calls, seed, tally).run();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
    Remains after = Remains.settled(before);
    List<String> left = after.since(before);
    System.out.print(tally);
    System.out.printf(
        "%,d s. Objects of ours before %,d, after %,d; threads before %d, after %d.%n",
        seconds, before.count(), after.count(), before.threads().size(), after.threads().size());
    left.forEach(each -> System.out.println("LEFT " + each));
    warmUp.wrongs().forEach(each -> System.out.println("WRONG in warm-up " + each));
    tally.wrongs().forEach(each -> System.out.println("WRONG " + each));
    long violations = warmUp.violations() + tally.violations();
    System.out.printf("%,d violations, %d leaks%n", violations, left.size());
    System.exit(violations == 0 && left.isEmpty() ? 0 : 1);
  }

  private void run() throws Exception {
    AspectJRetries.use(runtime);
    stopper.setRemoveOnCancelPolicy(true);
    Workers.run(this::work);
    AspectJRetries.use(RetryRuntime.standard());
    Workers.end(retrying);
    stopper.shutdownNow();
    if (ends.sum() != tally.calls()) {
      tally.add("a listener heard of " + ends + " ends of " + tally.calls() + " calls");
    }
    if (application.registered() != 0) {
      tally.add(application.registered() + " registrations left with the application's token");
    }
  }

  private void work() {
    Way[] ways = Way.values();
    for (long number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
      Way way = ways[(int) (number / 2 % ways.length)];
      Call call =
          new Call(
              new SplittableRandom(seed + number).nextLong(),
              number % 2 == 1,
              what -> tally.add(way + ": " + what));
      make(way, call);
    }
  }

  private void make(Way way, Call call) {
    switch (call.stop) {
      case BEFORE -> call.stopNow();
      case BY_TOKEN -> later(call::stopNow, call);
      case BY_HAND -> later(call::stopByHand, call);
      default -> {}
    }
    way.make(call, client, runtime);
    try {
      call.over.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
      tally.add(way, call);
    } catch (TimeoutException e) {
      tally.add(way + ", stop " + call.stop + ": never ended");
    } catch (Exception e) {
      tally.add(way + ", stop " + call.stop + ": " + e);
    }
  }

  private void later(Runnable stopping, Call call) {
    var unused = stopper.schedule(stopping, call.stopAfterMicros, TimeUnit.MICROSECONDS);
  }

  @Override
  public void onSuccess(RetryEvent event) {
    ends.increment();
  }

  @Override
  public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
    ends.increment();
  }
}
