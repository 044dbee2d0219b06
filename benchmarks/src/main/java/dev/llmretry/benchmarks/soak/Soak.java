package dev.llmretry.benchmarks.soak;

import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes millions of calls from many threads, in all ways that the runtime has by itself, with
 * failures, waits that are asked for, time-outs, deadlines, cancellations and interrupts; with
 * checked results, hedges, shared upstreams, routes, and settings that change meanwhile. Checks
 * that each call ends once and as it should, and that nothing is left of it; prints a table.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.llmretry.benchmarks.soak.Soak [calls [seed]]
 * }</pre>
 *
 * <p>By default it makes ten million calls, in some minutes. The exit code is 1 if anything was
 * wrong.
 */
public final class Soak implements RetryListener {

  private static final long CALLS = 10_000_000;
  private static final long WARM_UP = 50_000;

  /** Enough calls to use everything. */
  private static final long FEW = 500;

  private static final int RETRYING_THREADS = 4;

  /** An outage makes calls wait for seconds, so it is rare. */
  private static final int ACTS_PER_OUTAGE = 8;

  private static final long HANGS_AFTER_SECONDS = 60;

  /** Which scenes take place at the same time: in half of them, calls are alone. */
  private static final List<Mode> STAGE =
      List.of(
          Mode.ALONE,
          Mode.CHECKED,
          Mode.ALONE,
          Mode.HEDGED,
          Mode.ALONE,
          Mode.SHARED,
          Mode.ALONE,
          Mode.ROUTED,
          Mode.ALONE,
          Mode.RELOADED,
          Mode.ALONE,
          Mode.PER_DELEGATE,
          Mode.ALONE,
          Mode.HEDGED_SHARED);

  private final LongAdder ends = new LongAdder();
  private final CountedToken application = new CountedToken(new CancellationSource().token());
  private final ExecutorService retrying = Executors.newFixedThreadPool(RETRYING_THREADS);
  private final ScheduledThreadPoolExecutor stopper = new ScheduledThreadPoolExecutor(1);
  private final RetryRuntime runtime =
      RetryRuntime.builder().executor(retrying).listener(this).token(application).build();
  private final AtomicLong next = new AtomicLong();
  private final Map<Long, Scene> scenes = new ConcurrentHashMap<>();
  private final Queue<Scene> closed = new ConcurrentLinkedQueue<>();
  private long begunAtLastCheck;
  private final long calls;
  private final long seed;
  private final Tally tally;

  private Soak(long calls, long seed, Tally tally) {
    this.calls = calls;
    this.seed = seed;
    this.tally = tally;
  }

  public static void main(String... args) {
    boolean isRight = false;
    try {
      isRight = soak(args);
    } catch (Exception e) {
      System.out.println("FAILED with " + e);
    }
    System.exit(isRight ? 0 : 1); // threads may be left
  }

  /** Returns whether all was right. */
  private static boolean soak(String... args) throws Exception {
    long calls = args.length > 0 ? Long.parseLong(args[0]) : CALLS;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new SplittableRandom().nextLong();
    System.out.printf(
        "JDK %s, %,d calls, seed %d, %d threads, %d virtual ones%n",
        Runtime.version(), calls, seed, Workers.PLATFORM, Workers.VIRTUAL);
    Tally warmUp = new Tally();
    Tally tally = new Tally();
    new Soak(Math.min(calls, WARM_UP), ~seed, warmUp).run();
    new Soak(FEW, ~seed, warmUp).run();
    Remains before = Remains.now();
    long started = System.nanoTime();
    new Soak(calls, seed, tally).run();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
    Remains after = Remains.settled(before, () -> new Soak(FEW, ~seed, warmUp).run());
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
    return violations == 0 && left.isEmpty();
  }

  private Soak run() throws Exception {
    long before = tally.calls();
    RuntimeWarnings warnings = RuntimeWarnings.reportTo(tally::add);
    AspectJRetries.use(runtime.toBuilder().upstream(Upstream.none()).build());
    stopper.setRemoveOnCancelPolicy(true);
    var unused =
        stopper.scheduleAtFixedRate(
            this::checkProgress, HANGS_AFTER_SECONDS, HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
    Workers.run(this::work);
    AspectJRetries.use(RetryRuntime.standard());
    TimeUnit.NANOSECONDS.sleep(Oracle.TOLERANCE_NANOS);
    closed.addAll(scenes.values());
    closed.forEach(Scene::checkSettled);
    closed.clear();
    scenes.clear();
    Workers.end(retrying);
    stopper.shutdownNow();
    warnings.close();
    long made = tally.calls() - before;
    if (ends.sum() != made) {
      tally.add("a listener was told of " + ends + " ends of " + made + " calls");
    }
    if (application.registered() != 0) {
      tally.add(application.registered() + " registrations left with the application's token");
    }
    return this;
  }

  /** Ends the JVM if no call has ended for long: a blocking call hangs, and its thread with it. */
  private void checkProgress() {
    long begun = next.get();
    if (begun == begunAtLastCheck) {
      tally.wrongs().forEach(each -> System.out.println("WRONG " + each));
      System.out.println("HANGS after " + begun + " calls; running: " + scenes.values());
      System.exit(1);
    }
    begunAtLastCheck = begun;
  }

  private void work() {
    for (long number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
      make(number);
    }
  }

  private void make(long number) {
    int place = (int) (number % STAGE.size());
    long act = number / STAGE.size();
    int index = (int) (act % Scene.CALLS);
    long id = act / Scene.CALLS * STAGE.size() + place;
    boolean hasOutage = act / Scene.CALLS % ACTS_PER_OUTAGE == 0;
    Scene scene =
        scenes.computeIfAbsent(
            id, unused -> new Scene(STAGE.get(place), hasOutage, runtime, this::later, tally::add));
    var random = new SplittableRandom(seed + number);
    List<Way> ways = scene.mode.ways();
    Way way = ways.get(index / 2 % ways.size());
    boolean isTimed = index % 2 == 1;
    scene.begin(index, random);
    var call =
        new Call(
            scene, way, index, random.nextLong(), isTimed, what -> tally.add(way + ": " + what));
    make(call);
    if (scene.end(call)) {
      scenes.remove(id);
      closed.add(scene);
      checkSettledScene();
    }
  }

  /** Checks the scene that ended first, if that was long enough ago. */
  private void checkSettledScene() {
    Scene first = closed.poll();
    if (first != null && first.isSettled()) {
      first.checkSettled();
    } else if (first != null) {
      closed.add(first);
    }
  }

  private void make(Call call) {
    switch (call.stop) {
      case BEFORE -> call.stopNow();
      case BY_TOKEN -> later(call::stopNow, call.stopAfterMicros);
      case BY_CALLER -> later(call::cancelByCaller, call.stopAfterMicros);
      default -> {}
    }
    call.way.make(call);
    try {
      call.over.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
      tally.add(call);
    } catch (TimeoutException e) {
      tally.add(call + ": never ended");
    } catch (Exception e) {
      tally.add(call + ": " + e);
    }
  }

  private void later(Runnable action, long micros) {
    var unused = stopper.schedule(action, micros, TimeUnit.MICROSECONDS);
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
