package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.HttpFailure;
import dev.llmretry.Jitter;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.PublisherRetry;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.cancellation.LinkedToken;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures of the user's code that do not end a call are logged. */
class WarningsTest {

  private static class Idle implements Subscription {

    @Override
    public void request(long elements) {}

    @Override
    public void cancel() {}
  }

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private static void refuse() {
    throw new RejectedExecutionException("shut down");
  }

  @Test
  void anExecutorThatRejectsAnAttempt() {
    var environment = new FaultyEnvironment();
    environment.executor = work -> refuse();
    environment.errorOf(
        RuntimeDriver.FUTURE.call(
            environment.runtime(),
            FaultyEnvironment.UNTIMED,
            environment.token,
            environment.failing(1)));
    assertThat(log.warnings())
        .containsExactly("The executor or clock of call rejected the next step");
  }

  @Test
  void aClockThatFails() {
    var environment =
        new FaultyEnvironment() {
          @Override
          public long nanoTime() {
            throw new IllegalStateException("stopped");
          }
        };
    environment.errorOf(
        RuntimeDriver.FUTURE.call(
            environment.runtime(),
            FaultyEnvironment.TIMED,
            environment.token,
            environment.failing(1)));
    assertThat(log.warnings())
        .containsOnly(
            "The clock failed; the deadline counts as passed",
            "The clock failed; no time is measured");
  }

  @Test
  void aClockThatFailsLater() {
    var environment =
        new FaultyEnvironment() {
          @Override
          public long nanoTime() {
            if (attempts > 0) {
              throw new IllegalStateException("stopped");
            }
            return super.nanoTime();
          }
        };
    environment.errorOf(
        RuntimeDriver.FUTURE.call(
            environment.runtime(),
            FaultyEnvironment.TIMED,
            environment.token,
            environment.failing(1)));
    assertThat(log.warnings())
        .containsOnly(
            "The clock failed; the deadline counts as passed",
            "The clock failed; no time is measured");
  }

  @Test
  void aSubscriberThatFails() {
    var environment = new FaultyEnvironment();
    PublisherRetry.<String>call(
            environment.runtime(),
            FaultyEnvironment.UNTIMED,
            attempt ->
                subscriber ->
                    subscriber.onSubscribe(
                        new Subscription() {
                          @Override
                          public void request(long elements) {
                            subscriber.onNext("element");
                          }

                          @Override
                          public void cancel() {}
                        }))
        .subscribe(
            new IgnoringSubscriber() {
              @Override
              public void onNext(String element) {
                throw new IllegalStateException("full");
              }
            });
    assertThat(log.warnings()).containsExactly("The subscriber of call failed, and is cancelled");
  }

  @Test
  void aTokenThatFails() {
    CancellationToken broken =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            throw new IllegalStateException("broken");
          }

          @Override
          public Registration onCancel(Runnable action) {
            throw new IllegalStateException("broken");
          }
        };
    CancellationToken guarded = LinkedToken.of(CancellationToken.none(), broken);
    assertThat(guarded.isCancelled()).isFalse();
    guarded.onCancel(() -> {}).close();
    assertThat(log.warnings())
        .containsExactly("A cancellation token failed; it counts as not cancelled");
  }

  @Test
  void anActionOfATokenThatFails() {
    var source = new CancellationSource();
    source.token().onCancel(WarningsTest::refuse);
    source.cancel();
    assertThat(log.warnings())
        .containsExactly("An action registered with a cancellation token failed");
  }

  @Test
  void aSubscriptionThatCannotBeCancelled() {
    CancellationSource source = new CancellationSource();
    PublisherRetry.<String>call(
            RetryRuntime.standard(),
            FaultyEnvironment.UNTIMED,
            source.token(),
            attempt ->
                subscriber ->
                    subscriber.onSubscribe(
                        new Idle() {
                          @Override
                          public void cancel() {
                            throw new IllegalStateException("not cancellable");
                          }
                        }))
        .subscribe(new IgnoringSubscriber());
    source.cancel();
    assertThat(log.warnings()).containsExactly("A subscription failed to be cancelled");
  }

  @Test
  void aSupplierThatReturnsNoExecutor() {
    RetryRuntime runtime = RetryRuntime.builder().executorPerCall(() -> null).build();
    RetryRuntime forCall = CallScheduler.forCall(runtime);
    assertThat(forCall.executor()).isNull();
    assertThat(forCall.executorPerCall()).isNull();
    assertThat(log.warnings())
        .containsExactly("The supplier of executors failed; the executor for all calls is used");
  }

  @Test
  void aSourceOfRandomNumbersThatFails() {
    var clock = VirtualBackoffClock.autoAdvancing();
    RetryRuntime runtime =
        RetryRuntime.builder()
            .clock(clock)
            .random(
                () -> {
                  throw new IllegalStateException("empty");
                })
            .build();
    RetryPolicy policy =
        RetryPolicy.builder("call")
            .maxRetries(10)
            .baseDelay(Duration.ofSeconds(1))
            .multiplier(1)
            .jitter(Jitter.FULL)
            .build();
    var error = new ProviderError(FailureKind.OVERLOADED);
    assertThatThrownBy(
            () ->
                Retry.call(
                    runtime,
                    policy,
                    null,
                    attempt -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(log.warnings())
        .containsExactly("The source of random numbers for jitter failed; the default is used");
    assertThat(clock.waits())
        .hasSize(10)
        .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(1)));
    assertThat(Set.copyOf(clock.waits())).hasSizeGreaterThan(1);
  }

  @Test
  void aPreambleThatFails() {
    RetryPolicy policy =
        RetryPolicy.builder("call")
            .preamble(
                element -> {
                  throw new IllegalStateException("what is that?");
                })
            .build();
    assertThat(policy.isPreamble("element")).isFalse();
    assertThat(log.warnings())
        .containsExactly("The preamble of call failed; the element counts as content");
  }

  @Test
  void aFutureThatCannotBeCancelled() {
    var stubborn =
        new CompletableFuture<String>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            throw new IllegalStateException("not cancellable");
          }
        };
    CompletableFuture<String> future =
        AsyncRetry.call(RetryRuntime.standard(), FaultyEnvironment.UNTIMED, attempt -> stubborn);
    future.cancel(true);
    assertThat(log.warnings()).containsExactly("A completion stage failed to be cancelled");
  }

  @Test
  void aClockWithoutWallTime() {
    var environment =
        new FaultyEnvironment() {
          @Override
          public Instant instant() {
            throw new IllegalStateException("on purpose");
          }
        };
    String tomorrow = "Wed, 25 Nov 2026 08:00:00 GMT";
    environment.errorOf(
        RuntimeDriver.FUTURE.call(
            environment.runtime(),
            FaultyEnvironment.UNTIMED,
            environment.token,
            attempt -> {
              throw new RefusedUntil(tomorrow);
            }));
    assertThat(log.warnings())
        .isNotEmpty()
        .containsOnly("The clock failed; a delay until a date counts as elapsed");
  }

  private static final class RefusedUntil extends RuntimeException implements HttpFailure {

    private static final long serialVersionUID = 1;

    private final String date;

    RefusedUntil(String date) {
      this.date = date;
    }

    @Override
    public int statusCode() {
      return 429;
    }

    @Override
    public Map<String, List<String>> headers() {
      return Map.of("Retry-After", List.of(date));
    }
  }

  /** Requests all elements and ignores them. */
  private static class IgnoringSubscriber implements Subscriber<String> {

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String element) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
