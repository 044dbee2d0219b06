package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.async.AsyncRetry;
import dev.llmretry.runtime.async.CallbackRetry;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.testing.VirtualBackoffClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Exceptions are shared: what one call gave up on must not keep another from retrying. */
class NestedRetryTest {

  private static final RetryPolicy OUTER = RetryPolicy.builder("outer").maxRetries(3).build();
  private static final RetryPolicy INNER = RetryPolicy.builder("inner").maxRetries(1).build();

  private final RetryRuntime runtime =
      RetryRuntime.builder().clock(VirtualBackoffClock.autoAdvancing()).build();
  private final ProviderError error = new ProviderError(FailureKind.SERVER);
  private int calls;

  private String inner(IOException thrown) throws IOException {
    return Retry.call(
        runtime,
        INNER,
        null,
        () -> {
          calls++;
          throw thrown;
        });
  }

  private GiveUpReason outer(Retry.Call<String, IOException> call) {
    Throwable thrown = catchThrowable(() -> Retry.call(runtime, OUTER, null, call));
    RetryTrace trace = RetryTrace.find(thrown);
    return trace == null ? null : trace.report().reason();
  }

  /** As frameworks make them that save the cost of a stack: nothing can be attached. */
  private static final class Frugal extends RuntimeException implements dev.llmretry.LlmFailure {

    private static final long serialVersionUID = 1;

    Frugal() {
      super("frugal", null, false, false);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.SERVER;
    }
  }

  @Test
  void anErrorThatTakesNoSuppressedOnesIsKnownAllTheSame() {
    Frugal frugal = new Frugal();
    Throwable thrown =
        catchThrowable(
            () ->
                Retry.call(
                    runtime,
                    OUTER,
                    null,
                    () ->
                        Retry.call(
                            runtime,
                            INNER,
                            null,
                            () -> {
                              calls++;
                              throw frugal;
                            })));
    assertThat(thrown).isSameAs(frugal).hasNoSuppressedExceptions();
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void anErrorThatWasSwallowedAndIsThrownAfterAllIsKnown() {
    ProviderError fallback = new ProviderError(FailureKind.SERVER);
    GiveUpReason reason =
        outer(
            () -> {
              try {
                return inner(error);
              } catch (IOException first) {
                try {
                  return inner(fallback);
                } catch (IOException second) {
                  throw first;
                }
              }
            });
    assertThat(reason).isEqualTo(GiveUpReason.RETRIED_INSIDE);
    assertThat(calls).isEqualTo(4);
  }

  @Test
  void anErrorThatWasSwallowedDoesNotKeepAnotherFromBeingRetried() {
    GiveUpReason reason =
        outer(
            () -> {
              catchThrowable(() -> inner(error));
              throw new ProviderError(FailureKind.SERVER);
            });
    assertThat(reason).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
    assertThat(calls).isEqualTo(8);
  }

  @Test
  void anErrorThatAnInnerCallLeavesInAFutureIsKnown() {
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime,
            OUTER,
            () -> CompletableFuture.failedFuture(catchThrowable(() -> inner(error))));
    assertThat(future).isCompletedExceptionally();
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.RETRIED_INSIDE);
  }

  @Test
  void anErrorThatAnInnerFutureHandsToAnotherIsKnown() {
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
    CompletableFuture<String> outer =
        AsyncRetry.call(
            own,
            OUTER,
            () -> {
              var foreign = new CompletableFuture<String>();
              CompletableFuture<String> inner =
                  AsyncRetry.call(
                      own,
                      INNER,
                      () -> {
                        calls++;
                        return CompletableFuture.failedFuture(error);
                      });
              var unused =
                  inner.whenComplete((result, thrown) -> foreign.completeExceptionally(thrown));
              return foreign;
            });
    clock.advanceUntil(outer::isDone);
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.RETRIED_INSIDE);
  }

  @Test
  void anErrorThatAnInnerCallLeavesWithACallbackIsKnown() {
    List<Throwable> heard = new ArrayList<>();
    CallbackRetry.call(
        runtime,
        OUTER,
        null,
        heard::add,
        attempt -> attempt.failed(catchThrowable(() -> inner(error))));
    assertThat(heard).containsExactly(error);
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.RETRIED_INSIDE);
  }

  @Test
  void anErrorGivenUpOnByAnotherThreadIsRetried() {
    GiveUpReason reason =
        outer(
            () -> {
              CompletableFuture.runAsync(() -> catchThrowable(() -> inner(error))).join();
              throw error;
            });
    assertThat(reason).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
  }

  /** Fails so often with what passes by itself, then with what only the outer retry knows. */
  private void refuseInsideAfter(int failures) {
    IllegalStateException unknown = new IllegalStateException();
    RetryPolicy outer =
        RetryPolicy.builder("outer").maxRetries(3).retryOn(IllegalStateException.class).build();
    Throwable thrown =
        catchThrowable(
            () ->
                Retry.call(
                    runtime,
                    outer,
                    null,
                    () ->
                        Retry.call(
                            runtime,
                            INNER,
                            null,
                            () -> {
                              if (++calls <= failures) {
                                throw error;
                              }
                              throw unknown;
                            })));
    assertThat(thrown).isSameAs(unknown);
  }

  @Test
  void whatWasRefusedInsideAtOnceMayBeRetriedOutside() {
    refuseInsideAfter(0);
    assertThat(calls).isEqualTo(4);
  }

  @Test
  void whatWasRefusedInsideAfterARetryIsNotRetriedOutside() {
    refuseInsideAfter(1);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void aSharedErrorKeepsOneTraceHoweverOftenItIsThrown() {
    for (int i = 0; i < 1_000; i++) {
      outer(
          () -> {
            throw error;
          });
    }
    assertThat(error.getSuppressed()).hasSize(1);
    assertThat(RetryTrace.find(error).report().failures()).hasSize(4);
  }

  @Test
  void anInnerRetryThatTheOuterTimeOutCancelledIsRetried() {
    VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
    RetryRuntime timed = RetryRuntime.builder().clock(clock).build();
    RetryPolicy outer =
        RetryPolicy.builder("outer").maxRetries(1).attemptTimeout(Duration.ofMillis(50)).build();
    Throwable thrown =
        catchThrowable(
            () ->
                Retry.call(
                    timed,
                    outer,
                    null,
                    attempt ->
                        Retry.call(
                            timed,
                            INNER,
                            attempt,
                            () -> {
                              calls++;
                              throw new UncheckedIOException(error);
                            })));
    assertThat(thrown).isInstanceOf(AttemptTimeoutException.class);
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(thrown).report().attempts()).isEqualTo(2);
  }
}
