package dev.llmretry.conformance;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/** The environment of one call: clock, tokens, and a record of its events. */
public final class TestEnvironment {

  public final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  public final CancellationSource call = new CancellationSource();
  public final CancellationSource application = new CancellationSource();
  public final ObservedToken callToken = new ObservedToken(call.token());
  public final ObservedToken applicationToken = new ObservedToken(application.token());
  public final Upstream upstream = Upstream.builder("test").maxWait(Duration.ofMinutes(1)).build();

  /** The upstream of nested calls. */
  public final Upstream innerUpstream = Upstream.of("inner");

  final RetryRuntime inner = RetryRuntime.builder().clock(clock).upstream(innerUpstream).build();
  public final List<String> events = new ArrayList<>();
  public final List<Long> waits = new ArrayList<>();
  public int calls;
  final EventLog eventLog = new EventLog(clock);

  /** The upstreams of routes by their names; none if the call has no routes. */
  final Map<String, Upstream> routes = new LinkedHashMap<>();

  /** The routes of the attempts so far. */
  final List<String> taken = new ArrayList<>();

  /** Kinds of failure, in addition to the standard ones, after which a call moves on. */
  Set<FailureKind> fallbackOnKinds = Set.of();

  /** Runs the later attempts of asynchronous calls. */
  public Executor executor = Runnable::run;

  /** Returns the runtime in which the call is made. All its random numbers are 0.5. */
  public RetryRuntime runtime() {
    RetryRuntime runtime = withoutRoutes();
    List<Route<String>> all =
        routes.entrySet().stream()
            .map(each -> Route.of(each.getKey(), each.getKey()).withUpstream(each.getValue()))
            .toList();
    return all.isEmpty() ? runtime : Routes.of(runtime, fallbackOnKinds, all).runtime();
  }

  private RetryRuntime withoutRoutes() {
    return RetryRuntime.builder()
        .clock(clock)
        .token(applicationToken)
        .random(() -> 0.5)
        .executor(attempt -> executor.execute(attempt))
        .listener(new Recorder())
        .listener(eventLog)
        .upstream(upstream)
        .build();
  }

  /** Schedules {@code action}. */
  public void at(long millis, Runnable action) {
    clock.schedule(Duration.ofMillis(millis), action);
  }

  /** Returns the milliseconds since the start. */
  public long millis() {
    return clock.nanoTime() / 1_000_000;
  }

  private final class Recorder implements RetryListener {

    @Override
    public void onAttemptStarted(RetryEvent event) {
      if (event.route() != null) {
        taken.add(event.route());
      }
    }

    @Override
    public void onRetry(RetryEvent event, FailedAttempt attempt) {
      waits.add(attempt.delay().toMillis());
      events.add("retry " + attempt.number() + " " + attempt.failure().kind());
    }

    @Override
    public void onSuccess(RetryEvent event) {
      events.add("success " + event.attempt());
    }

    @Override
    public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
      events.add("give up " + report.attempts() + " " + report.reason());
    }
  }
}
