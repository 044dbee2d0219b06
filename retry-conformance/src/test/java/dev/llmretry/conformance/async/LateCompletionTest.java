package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.conformance.ForwardingClock;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.generated.FutureRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Futures that complete, or fail to be subscribed to, at an awkward moment. */
class LateCompletionTest {

  private final TestEnvironment environment = new TestEnvironment();

  private static final class Overloaded extends RuntimeException implements LlmFailure {

    private static final long serialVersionUID = 1;

    @Override
    public FailureKind kind() {
      return FailureKind.OVERLOADED;
    }
  }

  private static RetryPolicy.Builder policy() {
    return RetryPolicy.builder("call").maxRetries(1).baseDelay(Duration.ZERO);
  }

  /** The result is there before the time-out cancels the future, and reaches the call after it. */
  @Test
  void aResultThatTheTimeOutOvertakesIsReturned() {
    List<Runnable> timers = new ArrayList<>();
    var clock =
        new ForwardingClock(environment.clock) {
          @Override
          public Registration schedule(long nanos, Runnable action) {
            timers.add(action);
            return super.schedule(nanos, action);
          }
        };
    CompletableFuture<String> call =
        AsyncRetry.call(
            environment.runtime().toBuilder().clock(clock).upstream(Upstream.of("other")).build(),
            policy().attemptTimeout(Duration.ofSeconds(1)).build(),
            attempt ->
                new CompletableFuture<String>() {
                  @Override
                  public CompletableFuture<String> whenComplete(
                      BiConsumer<? super String, ? super Throwable> action) {
                    complete("ok");
                    timers.get(0).run();
                    return super.whenComplete(action);
                  }
                });
    assertThat(call).isCompletedWithValue("ok");
    assertThat(environment.events).containsExactly("success 1");
    assertThat(environment.clock.scheduledCount()).isZero();
  }

  @Test
  void elementsAreNotRepeatedIfTheStageCannotBeSubscribedTo() {
    List<String> received = new ArrayList<>();
    RetryPolicy untimed = policy().build();
    CompletableFuture<String> call =
        AsyncRetry.call(
            environment.runtime(),
            untimed,
            FutureRetry.<String>gated(
                untimed,
                (gate, attempt) -> {
                  gate.element("one", () -> received.add("one"));
                  return new CompletableFuture<String>() {
                    @Override
                    public CompletableFuture<String> whenComplete(
                        BiConsumer<? super String, ? super Throwable> action) {
                      throw new Overloaded();
                    }
                  };
                }));
    assertThat(call).isCompletedExceptionally();
    assertThat(received).containsExactly("one");
    assertThat(environment.events).containsExactly("give up 1 ELEMENTS_DELIVERED");
  }
}
