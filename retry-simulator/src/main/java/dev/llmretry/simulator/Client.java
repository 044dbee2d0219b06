package dev.llmretry.simulator;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.upstream.UpstreamStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The client of the providers in one process: its methods are retried by the runtime. */
final class Client {

  private final EventClock clock;
  private final RetryRuntime runtime;

  /** The provider that an attempt calls. */
  private final Function<Attempt, SimulatedProvider> target;

  private final RetryPolicy policy;

  /** Of the method that fails for a reason of its own. */
  private final RetryPolicy policyOfBroken;

  private final @Nullable AwsRateLimiter limiter;

  Client(
      Strategy strategy,
      Load load,
      EventClock clock,
      List<SimulatedProvider> providers,
      UpstreamStore store,
      RandomGenerator random) {
    this.clock = clock;
    RetryRuntime.Builder settings = strategy.settings().apply(RetryRuntime.builder());
    if (strategy.isShared()) {
      settings.upstream(Strategy.upstream("simulated").store(store).build());
    }
    RetryRuntime configuredRuntime =
        settings.clock(clock).executor(clock).random(random::nextDouble).build();
    if (strategy.isRouted()) {
      Routes<SimulatedProvider> routes = routes(configuredRuntime, providers);
      runtime = routes.runtime();
      target = routes::of;
    } else {
      runtime = configuredRuntime;
      target = attempt -> providers.get(0);
    }
    RetryPolicy configured = strategy.policy();
    policy =
        configured.toBuilder()
            .deadline(load.deadline() == null ? configured.deadline() : load.deadline())
            .attemptTimeout(
                load.attemptTimeout() == null ? configured.attemptTimeout() : load.attemptTimeout())
            .build();
    // A name of its own, since methods are told apart by it.
    policyOfBroken = policy.toBuilder().name(policy.name() + ", broken").build();
    limiter = strategy.isAdaptive() ? new AwsRateLimiter() : null;
  }

  private static Routes<SimulatedProvider> routes(
      RetryRuntime runtime, List<SimulatedProvider> providers) {
    List<Route<SimulatedProvider>> routes = new ArrayList<>();
    for (SimulatedProvider provider : providers) {
      String name = "simulated-" + (routes.size() + 1);
      routes.add(Route.of(name, provider).withUpstream(Strategy.upstream(name).build()));
    }
    return Routes.of(runtime, Set.of(), routes);
  }

  private RetryPolicy policy(Request request) {
    return request.broken() ? policyOfBroken : policy;
  }

  RetryRuntime runtime() {
    return runtime;
  }

  CompletableFuture<Response> call(Request request) {
    return AsyncRetry.call(
        runtime,
        policy(request),
        attempt -> {
          PendingResponse response = new PendingResponse(request, target.apply(attempt));
          response.send();
          return response;
        });
  }

  Response callBlocking(Request request) throws Exception {
    return Retry.<Response, Exception>call(
        runtime, policy(request), null, attempt -> awaitResponse(request, target.apply(attempt)));
  }

  private static Response awaitResponse(Request request, SimulatedProvider provider)
      throws Exception {
    BlockingExchange exchange = new BlockingExchange(request);
    provider.send(exchange);
    try {
      exchange.caller.await();
    } catch (InterruptedException e) {
      provider.abandon(exchange);
      throw e;
    }
    if (exchange.failure != null) {
      throw exchange.failure;
    }
    return Response.ANSWER;
  }

  /** A request for whose response a thread waits. */
  private static final class BlockingExchange extends Exchange {

    private final CallerThread caller = CallerThread.current();
    private @Nullable Exception failure;

    BlockingExchange(Request request) {
      super(request);
    }

    @Override
    void onAnswer() {
      caller.proceed();
    }

    @Override
    void onFailure(Exception cause) {
      failure = cause;
      caller.proceed();
    }
  }

  /** The future of an attempt. */
  private final class PendingResponse extends CompletableFuture<Response> {

    private final SimulatedProvider provider;
    private final Exchange exchange;

    PendingResponse(Request request, SimulatedProvider provider) {
      this.provider = provider;
      exchange =
          new Exchange(request) {
            @Override
            void onAnswer() {
              onResponse(false);
              complete(Response.ANSWER);
            }

            @Override
            void onFailure(Exception failure) {
              onResponse(failure instanceof ProviderException http && http.statusCode() == 429);
              completeExceptionally(failure);
            }
          };
    }

    /** Sends the request, or waits for the rate limiter. */
    void send() {
      double wait = limiter == null ? 0 : limiter.acquire(clock.seconds());
      if (wait > 0) {
        var unused = clock.scheduleSeconds(wait, this::sendUnlessCancelled);
      } else {
        provider.send(exchange);
      }
    }

    private void sendUnlessCancelled() {
      if (!isDone()) {
        send();
      }
    }

    private void onResponse(boolean throttled) {
      if (limiter != null) {
        limiter.onResponse(clock.seconds(), throttled);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      provider.abandon(exchange);
      return super.cancel(mayInterruptIfRunning);
    }
  }
}
