package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.UpstreamState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Some hundred calls that share what their mode says: an upstream or several, a runtime, wrappers.
 * Nothing of that is used by other calls, so that there must be nothing of it when they are over.
 * Safe for use by any thread.
 */
final class Scene {

  static final int CALLS = 1_000;

  private static final int CALLS_PER_RELOAD = 40;
  private static final int CALLS_PER_PUSHBACK = 300;
  private static final int CALLS_PER_RESET_OF_ROUTES = 50;

  /** How many calls an upstream holds back. */
  private static final int CROWD = 200;

  /** Calls between these meet an outage, which exhausts the budgets of some methods. */
  private static final int OUTAGE_FROM = 200;

  private static final int OUTAGE_TO = 280;

  final Mode mode;
  final RetryRuntime runtime;
  final Reloads reloads;

  private final boolean hasOutage;
  private final ObjLongConsumer<Runnable> later;
  private final Consumer<String> violations;
  private final List<Provider> providers = new ArrayList<>();
  private final List<Pauses> pauses = new ArrayList<>();
  private final List<Upstream> upstreams = new ArrayList<>();
  private final Routes<SoakClient> routes;
  private final SoakClient untimed;
  private final SoakClient timed;
  private final WovenClient woven;
  private final AtomicInteger open = new AtomicInteger(CALLS);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();
  private final LongAdder hedges = new LongAdder();
  private final Queue<Call> unfinished = new ConcurrentLinkedQueue<>();
  private volatile boolean wasCrowded;
  private volatile long closed;

  /**
   * Makes a scene.
   *
   * @param hasOutage whether the provider is overloaded for a time, if calls share anything
   * @param base the listeners, token and executor of its runtime
   * @param later runs a task on another thread, after some microseconds
   * @param violations receives what is wrong
   */
  Scene(
      Mode mode,
      boolean hasOutage,
      RetryRuntime base,
      ObjLongConsumer<Runnable> later,
      Consumer<String> violations) {
    this.mode = mode;
    this.hasOutage = hasOutage && mode.isShared();
    this.later = later;
    this.violations = what -> violations.accept(mode + ": " + what);
    for (int route = 0; route < mode.routes(); route++) {
      providers.add(new Provider(route));
      pauses.add(new Pauses());
    }
    Provider first = providers.get(0);
    RetryRuntime own = runtime(base);
    routes = mode.sharing() == Mode.Sharing.ROUTES ? routes(own) : null;
    runtime = routes == null ? own : routes.runtime();
    if (mode.sharing() == Mode.Sharing.DELEGATE) {
      upstreams.add(runtime.upstreamOf(first));
    }
    untimed = client(own, false);
    timed = client(own, true);
    woven = new WovenClient(first, mode == Mode.ALONE ? null : runtime);
    reloads = mode == Mode.RELOADED ? new Reloads(runtime, this.violations) : null;
    if (reloads != null) {
      var unused = runtime.effective(mode.plan().policy(false));
      unused = runtime.effective(mode.plan().policy(true));
    }
  }

  private RetryRuntime runtime(RetryRuntime base) {
    RetryRuntime.Builder builder = base.toBuilder();
    switch (mode.sharing()) {
      case NONE -> builder.upstream(Upstream.none());
      case UPSTREAM -> {
        upstreams.add(upstream("shared"));
        builder.upstream(upstreams.get(0));
      }
      default -> {}
    }
    if (mode == Mode.RELOADED) {
      builder.settings(compiled -> compiled);
    }
    return builder.build();
  }

  private static Upstream upstream(String name) {
    return Upstream.builder(name).maxWait(Settings.MAX_WAIT).build();
  }

  private List<Route<SoakClient>> routes() {
    List<Route<SoakClient>> all = new ArrayList<>();
    for (int route = 0; route < providers.size(); route++) {
      all.add(
          Route.<SoakClient>of("route" + route, providers.get(route))
              .withUpstream(upstreams.get(route)));
    }
    return all;
  }

  private Routes<SoakClient> routes(RetryRuntime own) {
    providers.forEach(provider -> upstreams.add(upstream("route")));
    List<Route<SoakClient>> all = routes();
    return Routes.of(own, all.get(0), all.get(1));
  }

  private SoakClient client(RetryRuntime own, boolean isTimed) {
    if (routes == null) {
      return mode.plan().wrap(providers.get(0), own, isTimed);
    }
    List<Route<SoakClient>> all = routes();
    return isTimed
        ? RetryingTimedClient.routed(own, all.get(0), all.get(1))
        : RetryingPlainClient.routed(own, all.get(0), all.get(1));
  }

  /** Returns the generated wrapper. */
  SoakClient client(boolean isTimed) {
    return isTimed ? timed : untimed;
  }

  WovenClient woven() {
    return woven;
  }

  /** Returns what an attempt without a wrapper has to call. */
  SoakClient delegate(Attempt attempt) {
    return routes == null ? providers.get(0) : routes.of(attempt);
  }

  /** Returns what is known about a route; there is always a first one. */
  Pauses pauses(int route) {
    return pauses.get(route);
  }

  /** Returns the odds of the fault of an attempt; the last retry comes after an outage. */
  Fault.Odds odds(int index, int attempt) {
    boolean isOutage =
        hasOutage && attempt < Settings.MAX && index >= OUTAGE_FROM && index < OUTAGE_TO;
    return isOutage ? new Fault.Odds(9 * Fault.Odds.OF / 10, 0, 0, 0, 0, 0) : mode.odds();
  }

  /**
   * Notes that a call begins; does what an operator may do at any time, before some of the calls.
   */
  void begin(int index, SplittableRandom random) {
    if (running.incrementAndGet() > CROWD) {
      wasCrowded = true;
    }
    if (reloads != null && index % CALLS_PER_RELOAD == 0) {
      reloads.reload();
    }
    if (mode.routes() > 1 && index % CALLS_PER_RESET_OF_ROUTES == 0) {
      resetAfter(random.nextLong(5_000, 100_000)); // else calls wait for a closed route for seconds
    }
    if (mode.isShared() && random.nextInt(CALLS_PER_PUSHBACK) == 0) {
      int route = random.nextInt(pauses.size());
      Pauses ofRoute = pauses.get(route);
      long pause = TimeUnit.MILLISECONDS.toNanos(random.nextLong(2, 40));
      long from = System.nanoTime();
      ofRoute.ask(from + pause + Oracle.TOLERANCE_NANOS); // the upstream's pause begins later
      resetAfter(random.nextLong(5_000, 100_000));
      upstreams.get(route).pushback(Duration.ofNanos(pause));
      ofRoute.learnt(from, System.nanoTime(), from + pause);
    }
  }

  /**
   * Resets the upstreams, most of the time: after a pause they begin with two attempts a second.
   */
  void resetAfter(long micros) {
    if (mode.isShared() && (mode.sharing() != Mode.Sharing.UPSTREAM || micros % 4 > 0)) {
      later.accept(this::reset, micros);
    }
  }

  /** Makes the upstreams forget everything. */
  private void reset() {
    resets.incrementAndGet();
    for (int route = 0; route < upstreams.size(); route++) {
      pauses.get(route).beginLifting();
      upstreams.get(route).reset();
      pauses.get(route).endLifting();
    }
  }

  /** Notes how a call has ended; returns whether it was the last one of the scene. */
  boolean end(Call call) {
    running.decrementAndGet();
    if (mode.isHedged()) {
      if (call.isRunning()) {
        unfinished.add(call);
      }
      hedges.add(call.overlaps());
    }
    boolean isLast = open.decrementAndGet() == 0;
    if (isLast) {
      closed = System.nanoTime();
    }
    return isLast;
  }

  /** Returns whether so many calls were made at once that an upstream may not hold back another. */
  boolean wasCrowded() {
    return wasCrowded;
  }

  /** Returns whether what the calls have used must be free by now. */
  boolean isSettled() {
    return System.nanoTime() - closed > Oracle.TOLERANCE_NANOS;
  }

  /** Reports what is left of the calls. */
  void checkSettled() {
    for (Upstream upstream : upstreams) {
      UpstreamState state = upstream.state();
      if (state.waiting() != 0 || state.held() != 0) {
        violations.accept("calls are over, but in their upstream: " + state);
      }
    }
    for (Call call : unfinished) {
      if (call.isRunning()) {
        violations.accept(call + ": an attempt was not cancelled when the call ended");
      }
    }
    if (mode.isHedged() && mode.isShared() && hedges.sum() > allowedHedges()) {
      violations.accept(hedges + " hedges of " + CALLS + " calls");
    }
  }

  @Override
  public String toString() {
    return running + " calls of " + mode;
  }

  /** Returns how many hedges are paid for, or made in advance: by each method, after each reset. */
  private long allowedHedges() {
    long methods = 2L * mode.ways().size();
    return CALLS / 20 + 5 * methods * (1 + resets.get());
  }
}
