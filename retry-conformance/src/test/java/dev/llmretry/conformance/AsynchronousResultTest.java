package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code Retry.call} around a method whose result fails after it has returned. */
class AsynchronousResultTest {

  private static final RetryPolicy UNTIMED =
      RetryPolicy.builder("acme.ask").retryOn(RuntimeException.class).build();
  private static final RetryPolicy TIMED =
      UNTIMED.toBuilder().attemptTimeout(Duration.ofSeconds(1)).build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final RetryRuntime runtime = RetryRuntime.builder().clock(clock).build();
  private int calls;

  private Object call(RetryPolicy policy, Supplier<?> result) {
    return Retry.<Object, RuntimeException>call(
        runtime,
        policy,
        null,
        attempt -> {
          calls++;
          return result.get();
        });
  }

  static Stream<Arguments> refused() {
    Publisher<String> publisher = subscriber -> {};
    return Stream.of(
        Arguments.of(new CompletableFuture<String>(), "AsyncRetry"),
        Arguments.of(CompletableFuture.completedFuture("done"), "AsyncRetry"),
        Arguments.of(CompletableFuture.completedStage("done"), "AsyncRetry"),
        Arguments.of(new ManualFuture(), "AsyncRetry"),
        Arguments.of(new FutureTask<>(() -> "done"), "AsyncRetry or PublisherRetry"),
        Arguments.of(publisher, "PublisherRetry"));
  }

  /** A subclass of a future. */
  private static final class ManualFuture extends CompletableFuture<String>
      implements CompletionStage<String> {}

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedOnceWithWhatToUse(Object result, String instead) {
    for (RetryPolicy policy : List.of(UNTIMED, TIMED)) {
      calls = 0;
      assertThatThrownBy(() -> call(policy, () -> result))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("acme.ask returned a " + result.getClass().getName())
          .hasMessageContaining("Use " + instead);
      assertThat(calls).isOne();
      assertThat(clock.scheduledCount()).isZero();
    }
  }

  @Test
  void isRefusedBeforeItIsChecked() {
    ResultCheck<Object> check =
        result -> {
          calls += 10;
          return Rejection.of("never good enough");
        };
    for (RetryPolicy policy : List.of(UNTIMED, TIMED)) {
      calls = 0;
      RetryPolicy checking = policy.toBuilder().check(check).build();
      assertThatThrownBy(() -> call(checking, CompletableFuture::new))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(calls).isOne();
    }
  }

  @Test
  void otherResultsAreReturned() {
    for (RetryPolicy policy : List.of(UNTIMED, TIMED)) {
      for (Object result : List.of("text", Stream.of("text"), List.of("text").iterator(), 1)) {
        assertThat(call(policy, () -> result)).isSameAs(result);
      }
      assertThat(call(policy, () -> null)).isNull();
    }
  }

  @Test
  void aResultAfterAFailureIsRefusedToo() {
    assertThatThrownBy(
            () ->
                call(
                    UNTIMED,
                    () -> {
                      if (calls == 1) {
                        throw new IllegalStateException("once");
                      }
                      return new CompletableFuture<String>();
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(calls).isEqualTo(2);
  }
}
