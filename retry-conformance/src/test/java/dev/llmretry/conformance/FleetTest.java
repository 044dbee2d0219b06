package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import dev.llmretry.testing.internal.InMemoryUpstreamStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes that share an upstream through a store: each is a runtime. */
class FleetTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(3).baseDelay(Duration.ofMillis(100)).build();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final InMemoryUpstreamStore store = new InMemoryUpstreamStore(clock);
  private final List<Long> begun = new ArrayList<>();
  private double random;

  /** One process of the fleet. */
  private final class Process {

    final Upstream upstream = Upstream.builder("provider").store(store).build();
    final RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(clock)
            .random(() -> random)
            .executor(Runnable::run)
            .upstream(upstream)
            .build();

    CompletableFuture<String> call() {
      return AsyncRetry.call(
          runtime,
          POLICY,
          attempt -> {
            begun.add(clock.nanoTime() / 1_000_000);
            return CompletableFuture.completedFuture("answer");
          });
    }

    /** A call whose first attempt fails. */
    CompletableFuture<String> call(FailureKind kind, Duration hint) {
      return AsyncRetry.call(
          runtime,
          POLICY,
          attempt ->
              attempt.number() == 1
                  ? CompletableFuture.failedFuture(new ProviderError(kind, hint))
                  : CompletableFuture.completedFuture("answer"));
    }

    /** Begins a call that is pushed back. It has the first turn after that. */
    void pushBack(Duration hint) {
      assertThat(call(FailureKind.RATE_LIMITED, hint)).isNotDone();
    }
  }

  private List<Process> processes(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Process()).toList();
  }

  /** Begins calls, each in the next process. */
  private static List<CompletableFuture<String>> begin(int calls, List<Process> processes) {
    return IntStream.range(0, calls)
        .mapToObj(i -> processes.get(i % processes.size()).call())
        .toList();
  }

  private void await(List<CompletableFuture<String>> calls) {
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).noneMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void theStoreIsNotUsedUntilTheProviderPushesBack() {
    List<Process> two = processes(2);
    assertThat(store.exchanges()).isEqualTo(2); // each has asked for the state
    await(begin(100, two));
    assertThat(store.exchanges()).isEqualTo(2);
  }

  @Test
  void aPushbackToOneProcessStopsAllOthers() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    assertThat(two.get(1).upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(1));
    await(begin(1, two.subList(1, 2)));
    assertThat(begun).containsExactly(1_500L);
  }

  @Test
  void aProcessThatIsStartedLaterIsStoppedAsWell() {
    processes(1).get(0).upstream.pushback(Duration.ofSeconds(1));
    Process later = new Process();
    await(begin(1, List.of(later)));
    assertThat(begun).containsExactly(1_000L);
  }

  @Test
  void processesTakeTurnsAsTheCallsOfOneDo() {
    List<Long> ofOne = timesOfTwenty(1);
    assertThat(timesOfTwenty(5)).isEqualTo(ofOne);
    assertThat(ofOne).startsWith(1_500L, 1_750L);
  }

  private List<Long> timesOfTwenty(int count) {
    var fleet = new FleetTest();
    List<Process> processes = fleet.processes(count);
    processes.get(0).pushBack(Duration.ofSeconds(1));
    fleet.await(begin(20, processes));
    return fleet.begun;
  }

  @Test
  void oneRoundTripGrantsTwoTurns() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    int before = store.exchanges();
    await(begin(40, two));
    assertThat(store.exchanges() - before).isBetween(20, 30);
  }

  @Test
  void aCallThatBlocksWaitsForItsTurnToo() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    String answer = Retry.call(two.get(1).runtime, POLICY, null, attempt -> "answer");
    assertThat(answer).isEqualTo("answer");
    assertThat(clock.nanoTime()).isEqualTo(Duration.ofMillis(1_500).toNanos());
  }

  @Test
  void aSuccessBeforeTheGateOpensOpensItForAll() {
    List<Process> two = processes(2);
    Process first = two.get(0);
    CompletableFuture<String> probe = first.call(FailureKind.RATE_LIMITED, null);
    first.upstream.pushback(Duration.ofSeconds(0));
    clock.advanceUntil(probe::isDone);
    assertThat(two.get(1).upstream.state().closedFor()).isZero();
    await(begin(2, two));
  }

  @Test
  void resetIsForAll() {
    List<Process> two = processes(2);
    two.get(0).upstream.pushback(Duration.ofMinutes(1));
    List<CompletableFuture<String>> calls = begin(3, two);
    two.get(1).upstream.reset();
    await(calls);
    assertThat(begun).containsExactly(0L, 0L, 0L);
    assertThat(two.get(0).upstream.state().rate()).isInfinite();
  }

  @Test
  void aPauseIsProlongedForAll() {
    List<Process> two = processes(2);
    two.get(0).upstream.pushback(Duration.ofSeconds(1));
    two.get(1).upstream.pushback(Duration.ofSeconds(3));
    assertThat(two.get(0).upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(3));
    two.get(0).upstream.pushback(Duration.ofSeconds(2));
    assertThat(two.get(1).upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void theLongerOfTwoPausesAtTheSameTimeIsThatOfAll() {
    store.roundTrip(1_000_000);
    List<Process> three = processes(3);
    clock.advance(Duration.ofMillis(100));
    three.get(1).pushBack(Duration.ofSeconds(1));
    three.get(0).pushBack(Duration.ofSeconds(60));
    clock.advance(Duration.ofMillis(10));
    assertThat(three).allSatisfy(process -> assertThat(closedSeconds(process)).isEqualTo(59));
  }

  private static long closedSeconds(Process process) {
    return process.upstream.state().closedFor().toSeconds();
  }

  @Test
  void aPauseThatIsMetWhileTheStoreIsGoneIsThatOfAllLater() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(5));
    await(begin(1, two));
    store.broken(true);
    await(begin(1, two));
    two.get(0).pushBack(Duration.ofSeconds(60));
    store.broken(false);
    clock.advance(Duration.ofSeconds(2));
    assertThat(two.get(0).call()).isNotDone(); // the process tries the store again
    assertThat(two).allSatisfy(process -> assertThat(closedSeconds(process)).isEqualTo(58));
  }

  @Test
  void aPauseThatTheStoreDidNotTakeIsWrittenLater() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(5));
    await(begin(1, two));
    store.readOnly(true);
    two.get(0).pushBack(Duration.ofSeconds(60));
    store.readOnly(false);
    clock.advance(Duration.ofSeconds(2));
    assertThat(two.get(0).call()).isNotDone();
    assertThat(two).allSatisfy(process -> assertThat(closedSeconds(process)).isEqualTo(58));
  }

  @Test
  void whileTheStoreIsGoneEachProcessGoesOnAlone() {
    store.roundTrip(1_000_000);
    List<Process> four = processes(4);
    clock.advance(Duration.ofMillis(10));
    four.get(0).pushBack(Duration.ofSeconds(1));
    clock.advance(Duration.ofMillis(10));
    List<CompletableFuture<String>> calls = begin(40, four);
    clock.advanceUntil(() -> begun.size() >= 8);
    store.broken(true);
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(log.warnings())
        .hasSize(1) // the same for each, as their upstreams have one name
        .first()
        .asString()
        .startsWith("Upstream[provider]: its store fails. Until it answers, ");
    assertThat(log.lines()).anyMatch(line -> line.getThrown() instanceof IllegalStateException);
  }

  @Test
  void aStoreThatIsGoneIsOneWarningHoweverThatIsNoticed() {
    store.roundTrip(1_000_000_000L); // too slow
    List<Process> two = processes(2);
    two.get(0).upstream.pushback(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(2));
    CompletableFuture<String> first = two.get(0).call();
    clock.advance(Duration.ofSeconds(2));
    store.broken(true); // and then gone
    two.get(1).upstream.pushback(Duration.ofMinutes(1));
    CompletableFuture<String> second = two.get(1).call();
    await(List.of(first, second));
    assertThat(log.warnings()).singleElement().asString().contains("its store ");
  }

  @Test
  void aStoreThatReturnsNoReplyIsAsOneThatIsGone() {
    Upstream upstream =
        Upstream.builder("provider").store((name, state) -> request -> null).build();
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).upstream(upstream).build();
    upstream.pushback(Duration.ofSeconds(1));
    CompletableFuture<String> call =
        AsyncRetry.call(runtime, POLICY, attempt -> CompletableFuture.completedFuture("answer"));
    await(List.of(call));
    assertThat(log.warnings()).singleElement().asString().contains("its store fails.");
    assertThat(log.lines())
        .anySatisfy(line -> assertThat(line.getThrown()).hasMessage("the store returned no reply"));
  }

  /** One process would begin 400 attempts in the first five seconds, each of many hardly any. */
  @Test
  void manyProcessesWhoseStoreIsGoneBeginWithinSeconds() {
    random = 1;
    List<Process> many = processes(1_000);
    many.get(0).pushBack(Duration.ofSeconds(1));
    store.broken(true);
    await(begin(many.size(), many));
    assertThat(begun).allSatisfy(millis -> assertThat(millis).isLessThan(8_000L));
  }

  @Test
  void noCallIsLostAtALimitWhenTheStoreIsGone() {
    List<Process> twenty = processes(20);
    var provider = new RateLimit(20);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 400)
            .mapToObj(i -> twenty.get(i % 20).runtime)
            .map(runtime -> AsyncRetry.<String>call(runtime, POLICY, a -> provider.answer()))
            .toList();
    clock.advanceUntil(() -> calls.stream().filter(CompletableFuture::isDone).count() > 60);
    int shared = provider.requests;
    store.broken(true);
    await(calls);
    assertThat(shared).isLessThan(400 + 80);
    assertThat(provider.requests).isLessThan(400 + 800);
    assertThat(log.warnings()).hasSize(1);
  }

  /** A provider that accepts some requests a second, and says when it accepts the next. */
  private final class RateLimit {

    final long interval;
    long next;
    int requests;

    RateLimit(int perSecond) {
      interval = 1_000_000_000L / perSecond;
    }

    CompletableFuture<String> answer() {
      requests++;
      long now = clock.nanoTime();
      if (next > now) {
        return CompletableFuture.failedFuture(
            new ProviderError(FailureKind.RATE_LIMITED, Duration.ofNanos(next - now)));
      }
      next = now + interval;
      return CompletableFuture.completedFuture("answer");
    }
  }

  @Test
  void aProcessAloneHasItsShareOfTheRate() {
    List<Process> four = processes(4);
    four.get(0).pushBack(Duration.ofSeconds(10));
    measureTheRate(four);
    double rate = four.get(1).upstream.state().rate();
    store.broken(true);
    CompletableFuture<String> call = four.get(1).call();
    assertThat(four.get(1).upstream.state().rate()).isEqualTo(rate / 4);
    await(List.of(call));
  }

  /** Lets calls begin, and pushes one back. */
  private void measureTheRate(List<Process> processes) {
    await(begin(30, processes));
    Process first = processes.get(0);
    CompletableFuture<String> refused = first.call(FailureKind.RATE_LIMITED, Duration.ofMillis(1));
    clock.advanceUntil(refused::isDone);
  }

  @Test
  void aStoreThatIsSlowIsNotWaitedFor() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    store.roundTrip(Duration.ofSeconds(5).toNanos());
    CompletableFuture<String> call = two.get(0).call();
    clock.advanceUntil(call::isDone);
    assertThat(begun.get(0)).isBetween(1_000L, 1_600L);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .startsWith("Upstream[provider]: its store does not answer within 50 ms. ");
  }

  @Test
  void sharingIsResumedByItself() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    store.broken(true);
    await(begin(4, two));
    store.broken(false);
    clock.advance(Duration.ofSeconds(1));
    await(begin(4, two));
    two.get(1).upstream.pushback(Duration.ofSeconds(7));
    assertThat(two.get(0).upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(7));
    assertThat(log.warnings()).hasSize(1);
    assertThat(log.lines())
        .extracting(LogRecord::getMessage)
        .filteredOn("Upstream[provider]: its store answers again"::equals)
        .hasSize(2); // of each process
  }

  @Test
  void whatIsMissedWhileTheStoreIsGoneIsToldLater() {
    store.broken(true);
    List<Process> two = processes(2);
    store.broken(false);
    store.announce(); // there is no state yet
    two.get(0).upstream.pushback(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    await(begin(1, two));
    store.broken(true);
    two.get(0).upstream.pushback(Duration.ofSeconds(5));
    Process later = new Process();
    assertThat(later.upstream.state().closedFor()).isZero();
    store.broken(false);
    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<String> call = two.get(0).call(); // the process tries the store again
    assertThat(later.upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(4));
    store.announce();
    assertThat(later.upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(4));
    await(List.of(call));
  }

  @Test
  void aStoreThatForgetsIsToldAgain() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofSeconds(1));
    measureTheRate(two);
    double rate = two.get(0).upstream.state().rate();
    store.forget();
    await(begin(2, two));
    Process later = new Process();
    assertThat(later.upstream.state().rate()).isBetween(rate * 0.9, rate * 2);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aCallThatWaitsForTheStoreCanBeCancelled() {
    List<Process> two = processes(2);
    two.get(0).pushBack(Duration.ofMillis(10));
    store.roundTrip(Duration.ofMillis(40).toNanos());
    clock.advance(Duration.ofMillis(10));
    CompletableFuture<String> call = two.get(1).call();
    assertThat(two.get(1).upstream.state().waiting()).isOne();
    call.cancel(true);
    assertThat(two.get(1).upstream.state().waiting()).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(begun).isEmpty();
    assertThat(clock.scheduledCount()).isZero();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void theReserveOfTheBudgetsIsDividedByTheProcesses() {
    List<Process> ten = processes(10);
    clock.advance(Duration.ofMinutes(1));
    CompletableFuture<String> one = ten.get(0).call(FailureKind.SERVER, null);
    CompletableFuture<String> two = ten.get(0).call(FailureKind.SERVER, null);
    clock.advance(Duration.ofMillis(100));
    assertThat(one).isDone();
    assertThat(ten.get(0).upstream.state().budget()).isLessThanOrEqualTo(1);
    clock.advanceUntil(two::isDone);
    assertThat(store.exchanges()).isEqualTo(11); // it has asked how many processes there are
  }

  @Test
  void eachOfManyProcessesMayHedge() {
    Process one = processes(10).get(0);
    clock.advance(Duration.ofMinutes(1));
    await(List.of(one.call(FailureKind.SERVER, null))); // it asks how many processes there are
    RetryPolicy hedged = POLICY.toBuilder().hedgeAfter(Duration.ofMillis(100)).build();
    CompletableFuture<String> call =
        AsyncRetry.call(
            one.runtime,
            hedged,
            attempt ->
                attempt.isHedge()
                    ? CompletableFuture.completedFuture("hedge")
                    : new CompletableFuture<>());
    clock.advance(Duration.ofMillis(100));
    assertThat(call).isCompletedWithValue("hedge");
  }

  @Test
  void oneCallMayWaitEvenIfNoneMay() {
    Upstream strict = Upstream.builder("provider").maxWaiting(0).store(store).build();
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).upstream(strict).build();
    List<Process> one = processes(1);
    one.get(0).pushBack(Duration.ofSeconds(1));
    CompletableFuture<String> waits = callOf(runtime);
    assertThatThrownBy(callOf(runtime)::join).hasCauseInstanceOf(HeldBackException.class);
    clock.advanceUntil(waits::isDone);
    assertThat(waits).isCompletedWithValue("answer");
  }

  private static CompletableFuture<String> callOf(RetryRuntime runtime) {
    return AsyncRetry.call(runtime, POLICY, attempt -> CompletableFuture.completedFuture("answer"));
  }
}
