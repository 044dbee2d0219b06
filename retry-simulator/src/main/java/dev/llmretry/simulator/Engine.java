package dev.llmretry.simulator;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.internal.InMemoryUpstreamStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One simulation of a scenario. */
final class Engine {

  private static final double SAMPLE_SECONDS = 1;
  private static final long ROUND_TRIP_NANOS = 1_000_000;
  private static final double LONGEST_SECONDS = 1e6;

  private final Scenario scenario;
  private final Load load;
  private final Strategy strategy;
  private final Driver driver;
  private final long seed;
  private final EventClock clock = new EventClock();
  private final Recorder recorder;
  private final List<Client> clients = new ArrayList<>();
  private final SplittableRandom workload;
  private int begun;

  Engine(Scenario scenario, Strategy strategy, Driver driver, long seed) {
    this.scenario = scenario;
    this.strategy = strategy;
    this.driver = driver;
    this.seed = seed;
    load = scenario.load();
    recorder = new Recorder(clock, load.calls());
    // Each has a source of its own, so that strategies are compared under the same load.
    SplittableRandom random = new SplittableRandom(seed);
    workload = random.split();
    List<SimulatedProvider> providers = new ArrayList<>();
    for (Provider provider : scenario.providers()) {
      providers.add(
          new SimulatedProvider(provider, providers.size(), clock, random.split(), recorder));
    }
    var store = new InMemoryUpstreamStore(clock);
    store.roundTrip(ROUND_TRIP_NANOS);
    for (int i = 0; i < load.processes(); i++) {
      clients.add(new Client(strategy, load, clock, providers, store, random.split()));
    }
    RetryRuntime first = clients.get(0).runtime();
    for (Strategy.Gauge gauge : strategy.gauges()) {
      recorder.gauge(gauge.name(), () -> gauge.current().applyAsDouble(first));
    }
  }

  SimulationRun run() {
    sampleLater();
    if (load.isOpen()) {
      arriveLater();
    } else {
      for (int caller = 0; caller < Math.min(load.callers(), load.calls()); caller++) {
        startCaller(clients.get(caller % clients.size()));
      }
    }
    while (!recorder.isFinished()) {
      if (clock.seconds() > LONGEST_SECONDS) {
        throw new IllegalStateException(
            scenario.name() + ": calls have not ended after " + clock.seconds() + " s");
      }
      clock.runNext();
    }
    double ideal = new Ideal(scenario.provider(), load).end(recorder.tokens(), clock.seconds());
    return new SimulationRun(scenario, strategy, seed, recorder, clock.seconds(), ideal);
  }

  private void sampleLater() {
    var unused =
        clock.scheduleSeconds(
            SAMPLE_SECONDS,
            () -> {
              recorder.sample();
              sampleLater();
            });
  }

  private void arriveLater() {
    double seconds = -StrictMath.log(1 - workload.nextDouble()) / load.perSecond();
    var unused = clock.scheduleSeconds(seconds, this::arrive);
  }

  private void arrive() {
    Client client = clients.get(begun % clients.size());
    Request request = nextRequest();
    if (begun < load.calls()) {
      arriveLater();
    }
    if (driver == Driver.BLOCKING) {
      new CallerThread(clock, "call-" + request.call(), () -> callBlocking(client, request))
          .begin();
    } else {
      var unused =
          client.call(request).whenComplete((x, error) -> recorder.onCallEnded(request, error));
    }
  }

  private void startCaller(Client client) {
    if (driver == Driver.BLOCKING) {
      new CallerThread(clock, "caller", () -> callInLoop(client)).begin();
    } else {
      callNext(client);
    }
  }

  private void callInLoop(Client client) {
    while (begun < load.calls()) {
      callBlocking(client, nextRequest());
    }
  }

  private void callBlocking(Client client, Request request) {
    Throwable failure = null;
    try {
      var unused = client.callBlocking(request);
    } catch (Exception e) {
      failure = e;
    }
    recorder.onCallEnded(request, failure);
  }

  /** Makes calls until one is in progress; the next one begins when that ends. */
  private void callNext(Client client) {
    boolean ended = true;
    while (ended && begun < load.calls()) {
      Request request = nextRequest();
      var future = client.call(request);
      ended = future.isDone();
      boolean continues = !ended;
      var unused =
          future.whenComplete(
              (x, error) -> {
                recorder.onCallEnded(request, error);
                if (continues) {
                  callNext(client);
                }
              });
    }
  }

  private Request nextRequest() {
    double tokens = load.tokens() == null ? 1 : load.tokens().sample(workload);
    boolean broken = load.brokenShare() > 0 && workload.nextDouble() < load.brokenShare();
    Request request = new Request(begun++, tokens, broken);
    recorder.onCallBegan(request);
    return request;
  }
}
