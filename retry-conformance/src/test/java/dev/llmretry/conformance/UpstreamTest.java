package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.HeldBackException;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryReport;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.WaitCause;
import dev.llmretry.runtime.generated.WrapperRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What calls that share an upstream do to one another. */
class UpstreamTest {

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(3).baseDelay(Duration.ofMillis(100)).build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final Upstream upstream =
      Upstream.builder("provider").maxWait(Duration.ofHours(1)).build();
  private final RetryRuntime runtime = runtime(upstream);
  private final List<String> begun = new ArrayList<>();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private RetryRuntime runtime(Upstream shared) {
    return RetryRuntime.builder()
        .clock(clock)
        .random(() -> 0)
        .executor(Runnable::run)
        .upstream(shared)
        .build();
  }

  private long millis() {
    return clock.nanoTime() / 1_000_000;
  }

  /** Begins a call that records when its attempts begin, and succeeds. */
  private CompletableFuture<String> begin(String name) {
    return AsyncRetry.call(
        runtime,
        POLICY,
        attempt -> {
          begun.add(name + " at " + millis());
          return CompletableFuture.completedFuture(name);
        });
  }

  private CompletableFuture<String> beginPushedBack(String name, Duration hint) {
    return beginPushedBack(name, hint, 1);
  }

  private CompletableFuture<String> beginPushedBack(String name, Duration hint, int times) {
    var answers = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < times; i++) {
      answers.add(
          CompletableFuture.failedFuture(new ProviderError(FailureKind.RATE_LIMITED, hint)));
    }
    answers.add(CompletableFuture.completedFuture(name));
    return AsyncRetry.call(
        runtime,
        POLICY,
        attempt -> {
          begun.add(name + " at " + millis());
          return answers.remove(0);
        });
  }

  @Test
  void callsWaitForThePauseOfAnotherAndBeginInOrderOfArrival() {
    CompletableFuture<String> first = beginPushedBack("first", Duration.ofSeconds(1));
    CompletableFuture<String> second = begin("second");
    CompletableFuture<String> third = begin("third");
    assertThat(upstream.state().waiting()).isEqualTo(2);
    assertThat(upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(1));
    clock.advanceUntil(() -> first.isDone() && second.isDone() && third.isDone());
    assertThat(begun)
        .containsExactly("first at 0", "first at 1000", "second at 1500", "third at 1750");
    assertThat(clock.scheduledCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"RATE_LIMITED", "OVERLOADED"})
  void aCallThatWasPushedBackComesBeforeThoseThatArrivedMeanwhile(FailureKind kind) {
    var answers = new ArrayList<CompletableFuture<String>>();
    List<CompletableFuture<String>> calls =
        Stream.of("first", "second").map(name -> begin(name, answers)).toList();
    var refusal = new ProviderError(kind, Duration.ofSeconds(1));
    answers.get(0).completeExceptionally(refusal);
    CompletableFuture<String> third = begin("third");
    answers.get(1).completeExceptionally(refusal);
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone) && third.isDone());
    assertThat(begun)
        .containsExactly(
            "first at 0", "second at 0", "first at 1000", "second at 1500", "third at 1750");
  }

  /** Begins a call whose first attempt is completed by the test, and whose second one succeeds. */
  private CompletableFuture<String> begin(String name, List<CompletableFuture<String>> answers) {
    return AsyncRetry.call(
        runtime,
        POLICY,
        attempt -> {
          begun.add(name + " at " + millis());
          if (attempt.number() > 1) {
            return CompletableFuture.completedFuture(name);
          }
          var answer = new CompletableFuture<String>();
          answers.add(answer);
          return answer;
        });
  }

  @Test
  void onlyOneOfManyWaitingCallsHasATimer() {
    upstream.pushback(Duration.ofSeconds(1));
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 1_000).mapToObj(i -> begin("call " + i)).toList();
    assertThat(upstream.state().waiting()).isEqualTo(1_000);
    assertThat(clock.scheduledCount()).isEqualTo(1);
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void aCancelledCallLetsTheNextOneLead() {
    upstream.pushback(Duration.ofSeconds(1));
    CompletableFuture<String> first = begin("first");
    CompletableFuture<String> second = begin("second");
    first.cancel(true);
    assertThat(upstream.state().waiting()).isEqualTo(1);
    clock.advanceUntil(second::isDone);
    assertThat(begun).containsExactly("second at 1000");
    assertThat(clock.scheduledCount()).isZero();
  }

  @Test
  void callsThatBlockAndCallsThatDoNotWaitInOneQueue() {
    upstream.pushback(Duration.ofSeconds(1));
    CompletableFuture<String> first = begin("first");
    String second =
        Retry.call(
            runtime,
            POLICY,
            null,
            attempt -> {
              begun.add("second at " + millis());
              return "second";
            });
    assertThat(second).isEqualTo("second");
    assertThat(first).isDone();
    assertThat(begun).containsExactly("first at 1000", "second at 1500");
  }

  @Test
  void manyCallersGetThroughARateLimitWithFewRequests() {
    var provider = new TokenBucket(10, 10);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 300)
            .mapToObj(i -> AsyncRetry.<String>call(runtime, POLICY, attempt -> provider.answer()))
            .toList();
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).noneMatch(CompletableFuture::isCompletedExceptionally);
    // All of the first 300 requests are made at once; after that hardly any is refused.
    assertThat(provider.requests).isLessThan(300 + 290 + 60);
    assertThat(Duration.ofNanos(clock.nanoTime())).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void aPushbackThatShowsNothingNewUsesUpNoRetry() {
    RetryPolicy oneRetry = POLICY.toBuilder().maxRetries(1).build();
    var provider = new TokenBucket(1, 1);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 20)
            .mapToObj(i -> AsyncRetry.<String>call(runtime, oneRetry, attempt -> provider.answer()))
            .toList();
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).filteredOn(CompletableFuture::isCompletedExceptionally).hasSizeLessThan(2);
  }

  @Test
  void aCallThatTestsTheProviderForOthersUsesUpNoRetry() {
    CompletableFuture<String> first = beginPushedBack("first", Duration.ofSeconds(1), 8);
    CompletableFuture<String> second = begin("second");
    clock.advanceUntil(() -> first.isDone() && second.isDone());
    assertThat(first).isCompletedWithValue("first");
    assertThat(begun).filteredOn(attempt -> attempt.startsWith("first")).hasSize(9);
  }

  /** Eleven refusals of twelve use up no retry; the call may make four attempts that do. */
  @Test
  void aCallThatTestsTheProviderForOthersIsRefusedFortyEightTimes() {
    upstream.pushback(Duration.ofSeconds(1));
    CompletableFuture<String> tests = beginPushedBack("test", Duration.ofSeconds(1), 60);
    CompletableFuture<String> other = begin("other");
    clock.advanceUntil(() -> tests.isDone() && other.isDone());
    assertThat(tests).isCompletedExceptionally();
    assertThat(other).isCompletedWithValue("other");
    assertThat(begun).hasSize(48 + 1);
    assertThat(begun.get(48)).startsWith("other");
  }

  @Test
  void aCallThatTestsTheProviderForOthersDoesNotWaitLongerThanThey() {
    Upstream impatient = Upstream.builder("provider").maxWait(Duration.ofSeconds(20)).build();
    RetryRuntime shared = runtime(impatient);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    AsyncRetry.<String>call(
                        shared,
                        POLICY,
                        attempt ->
                            CompletableFuture.failedFuture(
                                new ProviderError(
                                    FailureKind.RATE_LIMITED, Duration.ofSeconds(1)))))
            .toList();
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls)
        .allSatisfy(
            call -> {
              RetryReport report =
                  RetryTrace.find(call.handle((x, error) -> error).join()).report();
              assertThat(report.reason()).isEqualTo(GiveUpReason.HELD_BACK);
              assertThat(report.waitDuration()).isLessThanOrEqualTo(Duration.ofSeconds(20));
            });
  }

  @Test
  void aCallThatTestsTheProviderForOthersKeepsItsPlaceAmongThem() {
    RetryRuntime shared = runtime(Upstream.builder("provider").maxWaiting(1).build());
    List<String> answers = new ArrayList<>();
    CompletableFuture<String> first =
        AsyncRetry.call(
            shared,
            POLICY,
            attempt -> {
              answers.add("attempt " + attempt.number() + " at " + millis());
              return attempt.number() <= 2
                  ? CompletableFuture.failedFuture(new ProviderError(FailureKind.RATE_LIMITED))
                  : CompletableFuture.completedFuture("first");
            });
    CompletableFuture<String> second =
        AsyncRetry.call(shared, POLICY, attempt -> CompletableFuture.completedFuture("second"));
    clock.advanceUntil(() -> first.isDone() && second.isDone());
    assertThat(first).isCompletedWithValue("first");
    assertThat(second).isCompletedWithValue("second");
    assertThat(answers).hasSize(3);
  }

  @Test
  void aWaitForTheBudgetIsNotCountedAsAWaitForATurn() {
    Upstream impatient = Upstream.builder("provider").maxWait(Duration.ofSeconds(20)).build();
    RetryRuntime shared = runtime(impatient);
    for (int i = 0; i < 32; i++) { // of the retries, ten use up the budget; the others come later
      var unused =
          AsyncRetry.<String>call(
              shared,
              POLICY.toBuilder().maxRetries(1).build(),
              attempt -> CompletableFuture.failedFuture(new ProviderError(FailureKind.SERVER)));
    }
    CompletableFuture<String> pending = new CompletableFuture<>();
    CompletableFuture<String> held =
        AsyncRetry.call(
            shared,
            POLICY,
            attempt -> {
              begun.add("attempt " + attempt.number());
              return switch (attempt.number()) {
                case 1 -> CompletableFuture.failedFuture(new ProviderError(FailureKind.SERVER));
                case 2 -> pending;
                default -> CompletableFuture.completedFuture("answer");
              };
            });
    clock.advanceUntil(() -> begun.size() == 2);
    assertThat(millis()).isGreaterThan(20_000);

    impatient.pushback(Duration.ofSeconds(1));
    CompletableFuture<String> other =
        AsyncRetry.call(shared, POLICY, attempt -> CompletableFuture.completedFuture("other"));
    pending.completeExceptionally(
        new ProviderError(FailureKind.RATE_LIMITED, Duration.ofSeconds(1)));
    clock.advanceUntil(() -> held.isDone() && other.isDone());
    assertThat(held).isCompletedWithValue("answer");
    assertThat(other).isCompletedWithValue("other");
  }

  @Test
  void eachPushbackOfACallThatIsAloneUsesUpARetry() {
    List<FailureKind> failures =
        List.of(
            FailureKind.RATE_LIMITED,
            FailureKind.SERVER,
            FailureKind.RATE_LIMITED,
            FailureKind.RATE_LIMITED);
    var attempts = new int[1];
    CompletableFuture<String> call =
        AsyncRetry.call(
            runtime,
            POLICY,
            attempt ->
                CompletableFuture.failedFuture(new ProviderError(failures.get(attempts[0]++))));
    clock.advanceUntil(call::isDone);
    assertThat(attempts[0]).isEqualTo(4);
    assertThat(millis()).isEqualTo(100 + 200 + 400);
  }

  @Test
  void callsThatAreMadeOneAfterTheOtherWaitNoLongerThanTheProviderAsks() {
    for (int i = 0; i < 5; i++) {
      CompletableFuture<String> call = beginPushedBack("call " + i, Duration.ofSeconds(1), 4);
      clock.advanceUntil(call::isDone);
      assertThat(call).isCompletedExceptionally();
    }
    assertThat(begun)
        .hasSize(20)
        .startsWith("call 0 at 0", "call 0 at 1000", "call 0 at 2000", "call 0 at 3000")
        .endsWith("call 4 at 16000", "call 4 at 17000", "call 4 at 18000", "call 4 at 19000");
    CompletableFuture<String> next = begin("next");
    clock.advanceUntil(next::isDone);
    assertThat(begun).endsWith("next at 20000");
  }

  @Test
  void retriesOfFailuresThatAreFewAreNotLimited() {
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(failingOnce(FailureKind.NETWORK));
    }
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).noneMatch(CompletableFuture::isCompletedExceptionally);
  }

  private CompletableFuture<String> failingOnce(FailureKind kind) {
    var answers = new ArrayList<CompletableFuture<String>>();
    answers.add(CompletableFuture.failedFuture(new ProviderError(kind)));
    answers.add(CompletableFuture.completedFuture("ok"));
    return AsyncRetry.call(runtime, POLICY, attempt -> answers.remove(0));
  }

  @Test
  void retriesDoNotAmplifyAnOutage() {
    var attempts = new int[1];
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 10; i++) {
        calls.add(
            AsyncRetry.call(
                runtime,
                POLICY,
                attempt -> {
                  attempts[0]++;
                  return CompletableFuture.failedFuture(new ProviderError(FailureKind.SERVER));
                }));
      }
      clock.advance(Duration.ofSeconds(1));
    }
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    int seconds = (int) (millis() / 1_000);
    assertThat(attempts[0])
        .as("600 calls, ten retries without cost, and one probe per second")
        .isBetween(600 + 10, 600 + 10 + seconds);
    assertThat(seconds).isLessThan(60 + 3 * 30 + 2);
    Throwable last = errorOf(calls.get(599));
    assertThat(last).isInstanceOf(ProviderError.class);
    assertThat(RetryTrace.find(last).report().reason()).isEqualTo(GiveUpReason.BUDGET_EXHAUSTED);
  }

  @Test
  void aRetryAfterATimeOutIsNotHeldBackByTheBudgetButRefused() {
    exhaustBudget();
    CompletableFuture<String> call = failingOnce(FailureKind.TIMEOUT);
    clock.advance(Duration.ofMillis(100));
    assertThat(RetryTrace.find(errorOf(call)).report().reason())
        .isEqualTo(GiveUpReason.BUDGET_EXHAUSTED);
  }

  @Test
  void listenersAndLogReportTheWaitForTheBudgetAndThenForATurn() {
    exhaustBudget();
    long began = millis();
    List<String> events = new ArrayList<>();
    var listener =
        new RetryListener() {
          @Override
          public void onWaited(RetryEvent event, WaitCause cause, Duration time) {
            events.add(
                "after attempt " + event.attempt() + ": " + cause + " " + time.toMillis() + " ms");
          }

          @Override
          public void onSuccess(RetryEvent event) {
            events.add("in all " + event.waitDuration().toMillis() + " ms");
          }
        };
    var answers = new ArrayList<CompletableFuture<String>>();
    answers.add(CompletableFuture.failedFuture(new ProviderError(FailureKind.SERVER)));
    answers.add(CompletableFuture.completedFuture("ok"));
    CompletableFuture<String> call =
        AsyncRetry.call(
            runtime.toBuilder().listener(listener).build(), POLICY, attempt -> answers.remove(0));
    clock.advance(Duration.ofMillis(100));
    upstream.pushback(Duration.ofSeconds(3));
    clock.advanceUntil(call::isDone);
    assertThat(events)
        .containsExactly(
            "after attempt 1: RETRY_BUDGET 900 ms",
            "after attempt 1: RATE_LIMIT 2100 ms",
            "in all 3000 ms");
    assertThat(millis() - began).isEqualTo(3_100);
    assertThat(log.lines())
        .extracting(LogRecord::getMessage)
        .containsSubsequence(
            "wait method=call attempt=2 wait_ms=900 cause=RETRY_BUDGET upstream=provider",
            "wait method=call attempt=2 wait_ms=2100 cause=RATE_LIMIT upstream=provider");
  }

  @Test
  void theWaitOfAStreamIsReportedThatItsSubscriberEnds() {
    upstream.pushback(Duration.ofSeconds(3));
    List<String> events = new ArrayList<>();
    var listener =
        new RetryListener() {
          @Override
          public void onWaited(RetryEvent event, WaitCause cause, Duration time) {
            events.add(cause + " " + time.toMillis());
          }

          @Override
          public void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {
            events.add("give up after " + report.waitDuration().toMillis());
          }
        };
    RetryRuntime listened = runtime.toBuilder().listener(listener).build();
    List<Flow.Subscription> subscriptions = new ArrayList<>();
    PublisherRetry.<String>call(listened, POLICY, attempt -> subscriber -> {})
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscriptions.add(subscription);
              }

              @Override
              public void onNext(String element) {}

              @Override
              public void onError(Throwable error) {}

              @Override
              public void onComplete() {}
            });
    clock.advance(Duration.ofSeconds(1));
    subscriptions.get(0).request(0); // rule 3.9 of Reactive Streams: an error
    assertThat(events).containsExactly("RATE_LIMIT 1000", "give up after 1000");
    assertThat(upstream.state().waiting()).isZero();
  }

  @Test
  void theTraceReportsTheWait() {
    upstream.pushback(Duration.ofSeconds(2));
    RetryPolicy once = POLICY.toBuilder().maxRetries(0).build();
    var call =
        AsyncRetry.call(
            runtime,
            once,
            attempt -> CompletableFuture.failedFuture(new ProviderError(FailureKind.SERVER)));
    clock.advanceUntil(call::isDone);
    RetryTrace trace = RetryTrace.find(errorOf(call));
    assertThat(trace.report().waitDuration()).isEqualTo(Duration.ofSeconds(2));
    assertThat(trace.getMessage().lines().findFirst())
        .hasValue(
            "call gave up after 1 attempt: no attempts are left; waited for its upstream 2000 ms");
  }

  @Test
  void atMostTwoHundredRetriesAreHeldBackByTheBudget() {
    exhaustBudget();
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      calls.add(failingOnce(FailureKind.SERVER));
    }
    clock.advance(Duration.ofMillis(100));
    assertThat(upstream.state().held()).isEqualTo(200);
    assertThat(upstream.state().budget()).isZero();
    assertThat(calls).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(50);
    clock.advanceUntil(() -> calls.stream().allMatch(CompletableFuture::isDone));
    assertThat(calls).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(50);
  }

  /** Makes the ten retries that are free, and the first probe. */
  private void exhaustBudget() {
    for (int i = 0; i < 11; i++) {
      RetryPolicy once = POLICY.toBuilder().maxRetries(1).build();
      CompletableFuture<String> call =
          AsyncRetry.call(
              runtime,
              once,
              attempt -> CompletableFuture.failedFuture(new ProviderError(FailureKind.SERVER)));
      clock.advanceUntil(call::isDone);
    }
  }

  @Test
  void aCallEndsAtOnceIfTooManyWait() {
    Upstream bounded = Upstream.builder("bounded").maxWaiting(1).build();
    RetryRuntime server = runtime(bounded);
    bounded.pushback(Duration.ofSeconds(1));
    var first = AsyncRetry.call(server, POLICY, attempt -> CompletableFuture.completedFuture("ok"));
    var second =
        AsyncRetry.call(server, POLICY, attempt -> CompletableFuture.completedFuture("ok"));
    assertThat(first).isNotDone();
    assertThat(errorOf(second))
        .isInstanceOf(HeldBackException.class)
        .hasMessage(
            "call was held back by Upstream[bounded]: the upstream did not admit it in time");
  }

  @Test
  void theErrorOfACallThatWasHeldBackHasThePushbackAsItsCause() {
    CompletableFuture<String> pushedBack = beginPushedBack("first", Duration.ofSeconds(50));
    RetryPolicy impatient = POLICY.toBuilder().deadline(Duration.ofSeconds(10)).build();
    var call =
        AsyncRetry.call(runtime, impatient, attempt -> CompletableFuture.completedFuture("ok"));
    assertThat(errorOf(call))
        .isInstanceOf(HeldBackException.class)
        .hasCauseInstanceOf(ProviderError.class);
    pushedBack.cancel(true);
  }

  @Test
  void theErrorOfAPushbackIsNotKeptAfterItsCallHasEnded() {
    WeakReference<Throwable> error = pushBack();
    while (error.get() != null) {
      System.gc();
    }
    assertThat(upstream.state().closedFor()).isPositive();
  }

  private WeakReference<Throwable> pushBack() {
    RetryPolicy impatient = POLICY.toBuilder().deadline(Duration.ofSeconds(10)).build();
    var refusal = new ProviderError(FailureKind.RATE_LIMITED, Duration.ofSeconds(50));
    var call =
        AsyncRetry.call(runtime, impatient, attempt -> CompletableFuture.failedFuture(refusal));
    assertThat(errorOf(call)).isSameAs(refusal);
    return new WeakReference<>(refusal);
  }

  @Test
  void heldBackIsNoPushbackForTheUpstreamOfAnOuterCall() {
    upstream.pushback(Duration.ofSeconds(30));
    Upstream outer = Upstream.of("outer");
    RetryPolicy impatient = POLICY.toBuilder().deadline(Duration.ofSeconds(10)).build();
    assertThatThrownBy(
            () ->
                Retry.call(
                    runtime(outer),
                    impatient,
                    null,
                    attempt -> Retry.call(runtime, impatient, null, inner -> "never")))
        .isInstanceOf(HeldBackException.class);
    assertThat(outer.state().closedFor()).isZero();
  }

  @Test
  void limitsThatAreReachedPauseUntilTheReset() {
    upstream.limits(1, Duration.ofSeconds(20));
    assertThat(upstream.state().closedFor()).isZero();
    upstream.limits(0, Duration.ofSeconds(20));
    assertThat(upstream.state().closedFor()).isEqualTo(Duration.ofSeconds(20));
    upstream.reset();
    assertThat(upstream.state().closedFor()).isZero();
    assertThat(upstream.state().rate()).isInfinite();
  }

  @Test
  void anUpstreamBelongsToOneClock() {
    VirtualBackoffClock other = VirtualBackoffClock.manual();
    assertThatThrownBy(() -> runtime.toBuilder().clock(other).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Upstream[provider]");
  }

  @Test
  void aClockThatGoesBackProlongsNoPause() {
    var back =
        new Object() {
          long nanos;
        };
    var faulty =
        new ForwardingClock(clock) {
          @Override
          public long nanoTime() {
            return super.nanoTime() - back.nanos;
          }
        };
    Upstream own = Upstream.of("own");
    RetryRuntime.builder().clock(faulty).upstream(own).build();
    own.pushback(Duration.ofSeconds(2));
    clock.advance(Duration.ofSeconds(1));
    assertThat(own.state().closedFor()).isEqualTo(Duration.ofSeconds(1));
    back.nanos = Duration.ofHours(1).toNanos();
    assertThat(own.state().closedFor()).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(own.state().closedFor()).isZero();
  }

  @Test
  void whatIsNotSharedCannotBePaused() {
    assertThatThrownBy(() -> Upstream.none().pushback(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Upstream.perDelegate().reset())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Upstream.of("unused").pushback(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> upstream.pushback(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> upstream.limits(-1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Upstream.builder("any").maxWait(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Upstream.builder("any").maxWaiting(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachDelegateHasAnUpstreamOfItsOwn() {
    Object delegate = new Object();
    RetryRuntime built = runtime.toBuilder().random(() -> 0.5).build();
    assertThat(runtime.upstreamOf(delegate))
        .isSameAs(runtime.upstreamOf(delegate))
        .isSameAs(built.upstreamOf(delegate))
        .isNotSameAs(runtime.upstreamOf(new Object()));
  }

  @Test
  void aWrapperHasTheUpstreamOfItsDelegateUnlessTheRuntimeSetsOne() {
    Object delegate = new Object();
    RetryRuntime unset = runtime(Upstream.perDelegate());
    assertThat(WrapperRuntime.of(unset, delegate).upstream()).isSameAs(unset.upstreamOf(delegate));
    assertThat(WrapperRuntime.of(runtime, delegate)).isSameAs(runtime);
    RetryRuntime none = runtime(Upstream.none());
    assertThat(WrapperRuntime.of(none, delegate)).isSameAs(none);
  }

  private static Throwable errorOf(CompletableFuture<?> call) {
    assertThat(call).isCompletedExceptionally();
    try {
      call.join();
    } catch (CompletionException e) {
      return e.getCause();
    }
    throw new AssertionError("no error");
  }

  /** A provider that accepts so many requests a second, with exact hints. */
  private final class TokenBucket {

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private long lastNanos;
    private int requests;

    TokenBucket(double perSecond, double capacity) {
      this.perSecond = perSecond;
      this.capacity = capacity;
      this.tokens = capacity;
    }

    CompletableFuture<String> answer() {
      requests++;
      long now = clock.nanoTime();
      tokens = Math.min(capacity, tokens + (now - lastNanos) / 1e9 * perSecond);
      lastNanos = now;
      if (tokens >= 1) {
        tokens--;
        return CompletableFuture.completedFuture("ok");
      }
      long nanos = (long) Math.ceil((1 - tokens) / perSecond * 1e9);
      return CompletableFuture.failedFuture(
          new ProviderError(FailureKind.RATE_LIMITED, Duration.ofNanos(nanos)));
    }
  }
}
