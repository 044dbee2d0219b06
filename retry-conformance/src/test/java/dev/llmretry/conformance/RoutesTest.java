package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.Route;
import dev.llmretry.runtime.Routes;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What calls do to the routes that they share. */
class RoutesTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(3).baseDelay(Duration.ofMillis(100)).build();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(clock).random(() -> 0).executor(Runnable::run).build();
  private final Upstream upstreamOfA = Upstream.of("a");
  private final Upstream upstreamOfB = Upstream.of("b");
  private final List<String> taken = new ArrayList<>();

  /** The failures of the routes at this moment; null for none. */
  private FailureKind failureOfA;

  private FailureKind failureOfB;

  private final Routes<Client> routes =
      Routes.of(
          runtime,
          Route.of("a", (Client) () -> answer("a", failureOfA)).withUpstream(upstreamOfA),
          Route.of("b", (Client) () -> answer("b", failureOfB)).withUpstream(upstreamOfB));

  @FunctionalInterface
  private interface Client {
    String ask() throws IOException;
  }

  private String answer(String route, FailureKind failure) throws IOException {
    taken.add(route);
    if (failure != null) {
      throw new ProviderError(failure);
    }
    return route;
  }

  private String ask() throws IOException {
    return Retry.call(routes.runtime(), POLICY, null, attempt -> routes.of(attempt).ask());
  }

  private CompletableFuture<String> begin() {
    return AsyncRetry.call(
        routes.runtime(),
        POLICY,
        attempt -> CompletableFuture.completedFuture(routes.of(attempt).ask()));
  }

  private long attemptsOf(String route) {
    return taken.stream().filter(route::equals).count();
  }

  @Test
  void aRouteThatFailsAgainAndAgainIsClosedAndTestedOnceASecond() throws IOException {
    failureOfA = FailureKind.OVERLOADED;
    for (int i = 0; i < 600; i++) { // a minute
      assertThat(ask()).isEqualTo("b");
      clock.advance(Duration.ofMillis(100));
    }
    assertThat(attemptsOf("a")).isBetween(68L, 70L); // ten until it closed, then one a second
    assertThat(attemptsOf("b")).isEqualTo(600);
  }

  @Test
  void aRouteThatClosesAndOpensIsLogged() throws IOException {
    failureOfA = FailureKind.UNAUTHORIZED;
    ask();
    clock.advance(Duration.ofSeconds(1));
    ask(); // the test fails as well
    assertThat(log.warnings())
        .containsExactly(
            "Route a is closed after UNAUTHORIZED: calls take the other routes, and one call a"
                + " second tests it");
    failureOfA = null;
    clock.advance(Duration.ofSeconds(1));
    ask();
    assertThat(log.lines())
        .extracting(LogRecord::getMessage)
        .filteredOn(line -> line.equals("Route a is open again"))
        .hasSize(1);
  }

  /** Those that begin before the first time-outs all take the route: nothing is known of it yet. */
  @Test
  void aRouteThatDoesNotRespondIsClosedAfterTenTimeOuts() {
    RetryPolicy timed =
        RetryPolicy.builder("timed").maxRetries(3).attemptTimeout(Duration.ofSeconds(5)).build();
    var calls = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < 600; i++) { // a minute
      calls.add(
          AsyncRetry.call(
              routes.runtime(),
              timed,
              attempt -> {
                taken.add(attempt.route());
                return attempt.route().equals("a")
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture("b");
              }));
      clock.advance(Duration.ofMillis(100));
    }
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).allMatch(call -> call.join().equals("b"));
    assertThat(attemptsOf("a")).isBetween(100L, 120L); // 6 seconds until it closed, then one each
    assertThat(attemptsOf("b")).isEqualTo(600);
  }

  @Test
  void aRouteThatRecoversIsOpenedByItsTestAtAGrowingRate() throws IOException {
    failureOfA = FailureKind.SERVER;
    for (int i = 0; i < 10; i++) {
      assertThat(ask()).isEqualTo("b");
    }
    failureOfA = null;
    clock.advance(Duration.ofSeconds(1));
    assertThat(ask()).isEqualTo("a"); // the test
    taken.clear();
    for (int i = 0; i < 1_000; i++) { // a second
      ask();
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(attemptsOf("a")).isBetween(2L, 8L);
    for (int i = 0; i < 10_000; i++) {
      ask();
      clock.advance(Duration.ofMillis(1));
    }
    taken.clear();
    for (int i = 0; i < 1_000; i++) {
      ask();
      clock.advance(Duration.ofMillis(1));
    }
    assertThat(taken).containsOnly("a");
  }

  @Test
  void oneUnauthorizedCallClosesItsRoute() throws IOException {
    failureOfA = FailureKind.UNAUTHORIZED;
    assertThat(ask()).isEqualTo("b");
    assertThat(ask()).isEqualTo("b");
    assertThat(taken).containsExactly("a", "b", "b");
    clock.advance(Duration.ofSeconds(1));
    assertThat(ask()).isEqualTo("b");
    assertThat(taken).containsExactly("a", "b", "b", "a", "b");
  }

  @Test
  void someFailuresDoNotCloseARoute() throws IOException {
    failureOfA = FailureKind.NETWORK;
    for (int i = 0; i < 9; i++) {
      assertThat(ask()).isEqualTo("b");
    }
    assertThat(taken).hasSize(18);
    failureOfA = null;
    for (int i = 0; i < 90; i++) {
      assertThat(ask()).isEqualTo("a");
    }
    assertThat(upstreamOfA.state().budget()).isEqualTo(1);
  }

  @Test
  void aSuccessOfAnAttemptThatBeganBeforeItClosedDoesNotOpenARoute() throws IOException {
    var early = new CompletableFuture<String>();
    failureOfA = FailureKind.SERVER;
    ask(); // so that the next call has a state
    CompletableFuture<String> call =
        AsyncRetry.call(
            routes.runtime(), POLICY, attempt -> attempt.number() == 1 ? early : begin());
    for (int i = 0; i < 9; i++) {
      ask();
    }
    taken.clear();
    early.complete("early");
    assertThat(call).isCompletedWithValue("early");
    assertThat(ask()).isEqualTo("b");
    assertThat(taken).containsExactly("b");
  }

  @Test
  void ifAllRoutesAreClosedCallsWaitForTheFirstThatOpens() {
    failureOfA = FailureKind.UNAUTHORIZED;
    failureOfB = FailureKind.UNAUTHORIZED;
    assertThat(begin()).isCompletedExceptionally();
    List<CompletableFuture<String>> calls = IntStream.range(0, 20).mapToObj(i -> begin()).toList();
    assertThat(calls).noneMatch(CompletableFuture::isDone);
    clock.schedule(Duration.ofMillis(5_500), () -> failureOfB = null);
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(clock.nanoTime() / 1_000_000).isLessThan(15_000);
    // Those that tested the routes before have failed; the others have not.
    assertThat(calls.stream().filter(call -> !call.isCompletedExceptionally()).count())
        .isGreaterThanOrEqualTo(10);
    assertThat(clock.scheduledCount()).isZero();
    assertThat(upstreamOfA.state().held() + upstreamOfB.state().held()).isZero();
  }

  @Test
  void aCallThatWaitsForAClosedRouteEndsInTime() {
    failureOfA = FailureKind.UNAUTHORIZED;
    failureOfB = FailureKind.UNAUTHORIZED;
    assertThat(begin()).isCompletedExceptionally();
    List<CompletableFuture<String>> calls = IntStream.range(0, 150).mapToObj(i -> begin()).toList();
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(clock.nanoTime() / 1_000_000).isBetween(30_000L, 32_000L);
    assertThat(calls.get(149))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(HeldBackException.class);
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aBlockingCallWaitsForAClosedRouteToo() throws IOException {
    failureOfA = FailureKind.UNAUTHORIZED;
    failureOfB = FailureKind.QUOTA_EXHAUSTED;
    assertThatThrownBy(this::ask).isInstanceOf(ProviderError.class);
    failureOfB = null;
    assertThat(ask()).isEqualTo("b");
    assertThat(clock.nanoTime() / 1_000_000).isEqualTo(1_000);
    assertThat(taken).containsExactly("a", "b", "a", "b"); // each was tested
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aWaitForAClosedRouteCanBeCancelled() {
    failureOfA = FailureKind.FORBIDDEN;
    failureOfB = FailureKind.FORBIDDEN;
    assertThat(begin()).isCompletedExceptionally();
    CompletableFuture<String> first = begin();
    clock.advance(Duration.ofMillis(999));
    CompletableFuture<String> second = begin();
    second.cancel(true);
    first.cancel(true);
    assertThat(upstreamOfA.state().held() + upstreamOfB.state().held()).isZero();
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aRouteThatIsARetryingClientIsNotRepeatedButLeft() throws IOException {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(2).build();
    var calls = new ArrayList<String>();
    Client retrying =
        () ->
            Retry.call(
                runtime,
                inner,
                null,
                attempt -> {
                  calls.add("a");
                  throw new ProviderError(FailureKind.SERVER);
                });
    Routes<Client> both =
        Routes.of(runtime, Route.of("retrying", retrying), Route.of("b", () -> answer("b", null)));
    String answer = Retry.call(both.runtime(), POLICY, null, attempt -> both.of(attempt).ask());
    assertThat(answer).isEqualTo("b");
    assertThat(calls).hasSize(3);
  }

  @Test
  void callsWithoutRoutesOfTheSameUpstreamAreNotHeldBack() throws IOException {
    failureOfA = FailureKind.SERVER;
    for (int i = 0; i < 20; i++) {
      assertThat(ask()).isEqualTo("b");
    }
    RetryRuntime plain = runtime.toBuilder().upstream(upstreamOfA).build();
    for (int i = 0; i < 100; i++) {
      assertThat(Retry.<String, IOException>call(plain, POLICY, null, attempt -> "plain"))
          .isEqualTo("plain");
    }
    assertThat(clock.nanoTime()).isZero();
  }

  @Test
  void whatACancelledCallFailsWithIsNoEvidence() {
    for (int i = 0; i < 20; i++) {
      var source = new CancellationSource();
      assertThatThrownBy(
              () ->
                  Retry.call(
                      routes.runtime(),
                      POLICY,
                      source.token(),
                      attempt -> {
                        source.cancel();
                        throw new ProviderError(FailureKind.NETWORK);
                      }))
          .isInstanceOf(CancelledException.class);
    }
    assertThat(upstreamOfA.state().budget()).isEqualTo(1);
  }

  @Test
  void anExhaustedInnerCallDoesNotMoveACallWhoseRetriesAreOff() {
    RetryPolicy inner = RetryPolicy.builder("inner").maxRetries(1).build();
    RetryPolicy off = RetryPolicy.builder("off").maxRetries(3).enabled(false).build();
    assertThatThrownBy(
            () ->
                Retry.call(
                    routes.runtime(),
                    off,
                    null,
                    outer ->
                        Retry.call(
                            runtime,
                            inner,
                            null,
                            attempt -> {
                              taken.add(outer.route());
                              throw new ProviderError(FailureKind.SERVER);
                            })))
        .isInstanceOf(ProviderError.class);
    assertThat(taken).containsExactly("a", "a");
  }

  @Test
  void aPauseIsKeptIfTheOtherRoutePausesForLonger() throws IOException {
    upstreamOfB.pushback(Duration.ofHours(1));
    var answers = new ArrayList<>(List.of("held back", "ok"));
    String answer =
        Retry.call(
            routes.runtime(),
            POLICY,
            null,
            attempt -> {
              if (answers.remove(0).equals("ok")) {
                return "ok";
              }
              throw new ProviderError(FailureKind.RATE_LIMITED, Duration.ofSeconds(30));
            });
    assertThat(answer).isEqualTo("ok");
    assertThat(clock.nanoTime() / 1_000_000).isEqualTo(30_000);
  }

  @Test
  void aRuntimeOfRoutesIsOnlyTheirs() {
    Routes<String> one = Routes.of(routes.runtime(), Route.of("only", "client"));
    assertThat(one.runtime().upstream()).isSameAs(runtime.upstreamOf(one.first()));
  }

  @Test
  void theTraceNamesTheRoutes() {
    failureOfA = FailureKind.SERVER;
    failureOfB = FailureKind.INVALID_REQUEST;
    assertThatThrownBy(this::ask)
        .satisfies(
            error -> {
              RetryTrace trace = RetryTrace.find(error);
              assertThat(trace.report().failures()).extracting("route").containsExactly("a", "b");
              assertThat(trace.report().reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
              assertThat(trace.getMessage()).contains("#1 a SERVER", "#2 b INVALID_REQUEST");
            });
  }

  @Test
  void anAttemptKnowsItsRoute() {
    failureOfA = FailureKind.SERVER;
    var names = new ArrayList<String>();
    CompletableFuture<String> call =
        AsyncRetry.call(
            routes.runtime(),
            POLICY,
            attempt -> {
              names.add(attempt.route());
              return CompletableFuture.completedFuture(routes.of(attempt).ask());
            });
    assertThat(call).isCompletedWithValue("b");
    assertThat(names).containsExactly("a", "b");
    assertThat(Attempt.first().route()).isNull();
    assertThat(routes.of(Attempt.first())).isSameAs(routes.first());
  }

  @Test
  void withoutUpstreamsRoutesNeverClose() throws IOException {
    RetryRuntime apart = runtime.toBuilder().upstream(Upstream.none()).build();
    Routes<Client> both =
        Routes.of(
            apart,
            Route.of("a", () -> answer("a", FailureKind.SERVER)),
            Route.of("b", () -> answer("b", null)));
    for (int i = 0; i < 50; i++) {
      String answer = Retry.call(both.runtime(), POLICY, null, attempt -> both.of(attempt).ask());
      assertThat(answer).isEqualTo("b");
    }
    assertThat(attemptsOf("a")).isEqualTo(50);
  }

  @Test
  void aSingleRouteIsAnOrdinaryClient() {
    Routes<String> one = Routes.of(runtime, Route.of("only", "client"));
    assertThat(one.runtime().upstream()).isSameAs(runtime.upstreamOf(one.first()));
    RetryRuntime shared = runtime.toBuilder().upstream(upstreamOfA).build();
    assertThat(Routes.of(shared, Route.of("only", "client")).runtime().upstream())
        .isSameAs(upstreamOfA);
  }

  @Test
  void routesMustDiffer() {
    assertThatThrownBy(() -> Routes.of(runtime, Route.of("a", "x"), Route.of("a", "y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two routes have the same name: a");
    var client = new Object();
    assertThatThrownBy(() -> Routes.of(runtime, Route.of("a", client), Route.of("b", client)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Two routes have the same upstream");
    assertThatThrownBy(() -> Routes.of(runtime, Set.of(), List.<Route<String>>of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("From 1 to 30 routes are possible, not 0");
    assertThatThrownBy(
            () ->
                Routes.of(runtime, Set.of(FailureKind.CANCELLED), List.of(Route.of("a", "client"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Route.of("a", "client").withUpstream(Upstream.none()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Each timer is due at once, two seconds later. */
  private final class HastyClock extends ForwardingClock {

    private final Upstream opened;

    HastyClock(Upstream opened) {
      super(clock);
      this.opened = opened;
    }

    @Override
    public Registration schedule(long nanos, Runnable action) {
      opened.reset();
      clock.advance(Duration.ofSeconds(2));
      action.run();
      return () -> {};
    }
  }

  @Test
  void theLogNamesTheRouteThatACallWaitsForEvenIfAnotherAdmitsItAtOnce() {
    Upstream first = Upstream.of("first");
    Upstream second = Upstream.of("second");
    RetryRuntime hasty = runtime.toBuilder().clock(new HastyClock(first)).build();
    Route<Client> a = Route.of("a", (Client) () -> answer("a", failureOfA)).withUpstream(first);
    Route<Client> b = Route.of("b", (Client) () -> answer("b", failureOfB)).withUpstream(second);
    failureOfA = FailureKind.UNAUTHORIZED;
    failureOfB = FailureKind.UNAUTHORIZED;
    RetryPolicy once = POLICY.toBuilder().maxRetries(0).build();
    close(Routes.of(hasty, b, a), once);
    clock.advance(Duration.ofMillis(500));
    Routes<Client> both = Routes.of(hasty, a, b);
    close(both, once);
    failureOfA = null;
    taken.clear();
    CompletableFuture<String> call =
        AsyncRetry.call(
            both.runtime(),
            POLICY,
            attempt -> CompletableFuture.completedFuture(both.of(attempt).ask()));
    assertThat(call).isCompletedWithValue("a");
    assertThat(log.lines())
        .extracting(LogRecord::getMessage)
        .filteredOn(line -> line.startsWith("waiting "))
        .containsExactly("waiting method=call attempt=1 upstream=second");
  }

  private static void close(Routes<Client> routes, RetryPolicy once) {
    assertThatThrownBy(
            () -> Retry.call(routes.runtime(), once, null, attempt -> routes.of(attempt).ask()))
        .isInstanceOf(ProviderError.class);
  }
}
