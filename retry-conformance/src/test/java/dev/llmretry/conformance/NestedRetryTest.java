package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.AttemptTimeoutException;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/**
 * Exceptions may be shared: one that a call has exhausted must not keep an unrelated call from
 * retrying.
 */
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
        attempt -> {
          calls++;
          throw thrown;
        });
  }

  private GiveUpReason outer(Retry.Call<String, IOException> call) {
    Throwable thrown = catchThrowable(() -> Retry.call(runtime, OUTER, null, call));
    RetryTrace trace = RetryTrace.find(thrown);
    return trace == null ? null : trace.report().reason();
  }

  /** An exception without suppressed exceptions and stack trace, as some frameworks use them. */
  private static final class WithoutSuppressed extends RuntimeException
      implements dev.llmretry.LlmFailure {

    private static final long serialVersionUID = 1;

    WithoutSuppressed() {
      super("error", null, false, false);
    }

    @Override
    public FailureKind kind() {
      return FailureKind.SERVER;
    }
  }

  @Test
  void anErrorWithoutSuppressedExceptionsIsRecognised() {
    WithoutSuppressed error = new WithoutSuppressed();
    Throwable thrown =
        catchThrowable(
            () ->
                Retry.call(
                    runtime,
                    OUTER,
                    null,
                    attempt ->
                        Retry.call(
                            runtime,
                            INNER,
                            null,
                            each -> {
                              calls++;
                              throw error;
                            })));
    assertThat(thrown).isSameAs(error).hasNoSuppressedExceptions();
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void anExhaustedErrorThatIsRethrownLaterIsRecognised() {
    ProviderError fallback = new ProviderError(FailureKind.SERVER);
    GiveUpReason reason =
        outer(
            attempt -> {
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
    assertThat(reason).isEqualTo(GiveUpReason.ALREADY_RETRIED);
    assertThat(calls).isEqualTo(4);
  }

  @Test
  void anExhaustedErrorThatIsSwallowedDoesNotAffectAnother() {
    GiveUpReason reason =
        outer(
            attempt -> {
              catchThrowable(() -> inner(error));
              throw new ProviderError(FailureKind.SERVER);
            });
    assertThat(reason).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
    assertThat(calls).isEqualTo(8);
  }

  @Test
  void anExhaustedErrorInAFailedFutureIsRecognised() {
    CompletableFuture<String> future =
        AsyncRetry.call(
            runtime,
            OUTER,
            attempt -> CompletableFuture.failedFuture(catchThrowable(() -> inner(error))));
    assertThat(future).isCompletedExceptionally();
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  @Test
  void anExhaustedErrorPassedToAnotherFutureIsRecognised() {
    VirtualBackoffClock clock = VirtualBackoffClock.manual();
    RetryRuntime own = RetryRuntime.builder().clock(clock).executor(Runnable::run).build();
    CompletableFuture<String> outer =
        AsyncRetry.call(
            own,
            OUTER,
            attempt -> {
              var foreign = new CompletableFuture<String>();
              CompletableFuture<String> inner =
                  AsyncRetry.call(
                      own,
                      INNER,
                      each -> {
                        calls++;
                        return CompletableFuture.failedFuture(error);
                      });
              var unused =
                  inner.whenComplete((result, thrown) -> foreign.completeExceptionally(thrown));
              return foreign;
            });
    clock.advanceUntil(outer::isDone);
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  @Test
  void anExhaustedErrorPassedToACallbackIsRecognised() {
    List<Throwable> received = new ArrayList<>();
    CallbackRetry.call(
        runtime,
        OUTER,
        null,
        received::add,
        attempt -> attempt.failed(catchThrowable(() -> inner(error))));
    assertThat(received).containsExactly(error);
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(error).report().reason()).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  @Test
  void anErrorExhaustedOnAnotherThreadIsRetried() {
    GiveUpReason reason =
        outer(
            attempt -> {
              CompletableFuture.runAsync(() -> catchThrowable(() -> inner(error))).join();
              throw error;
            });
    assertThat(reason).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
  }

  private CompletableFuture<String> innerFuture() {
    return AsyncRetry.call(
        runtime.toBuilder().executor(Runnable::run).build(),
        INNER.toBuilder().baseDelay(Duration.ZERO).build(),
        attempt -> {
          calls++;
          return CompletableFuture.failedFuture(error);
        });
  }

  private static String joined(CompletableFuture<?> future) throws IOException {
    try {
      future.join();
      return "ok";
    } catch (CompletionException e) {
      throw (IOException) e.getCause();
    }
  }

  @Test
  void anExhaustedErrorThatJoinThrowsIsRecognised() {
    assertThat(outer(attempt -> joined(innerFuture()))).isEqualTo(GiveUpReason.ALREADY_RETRIED);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void anExhaustedErrorThatAFutureOfAllOfThrowsIsRetried() {
    GiveUpReason reason =
        outer(attempt -> joined(CompletableFuture.allOf(innerFuture(), innerFuture())));
    assertThat(reason).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
  }

  private GiveUpReason outerFuture(AsyncCall<CompletableFuture<String>> call) {
    CompletableFuture<String> outer =
        AsyncRetry.call(
            runtime.toBuilder().executor(Runnable::run).build(),
            OUTER.toBuilder().baseDelay(Duration.ZERO).build(),
            call);
    assertThat(catchThrowable(outer::join)).hasCause(error);
    return RetryTrace.find(error).report().reason();
  }

  @Test
  void anExhaustedErrorOfADependentFutureIsRecognisedOnAnyThread() {
    GiveUpReason reason =
        outerFuture(attempt -> innerFuture().whenCompleteAsync((result, thrown) -> {}));
    assertThat(reason).isEqualTo(GiveUpReason.ALREADY_RETRIED);
  }

  @Test
  void anExhaustedErrorPassedToAnotherFutureByAnotherThreadIsRetried() {
    GiveUpReason reason =
        outerFuture(
            attempt -> {
              var other = new CompletableFuture<String>();
              var unused =
                  innerFuture()
                      .whenCompleteAsync((result, thrown) -> other.completeExceptionally(thrown));
              return other;
            });
    assertThat(reason).isEqualTo(GiveUpReason.ATTEMPTS_EXHAUSTED);
  }

  /** Fails with a retryable error, then with one that only the outer policy retries. */
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
                    attempt ->
                        Retry.call(
                            runtime,
                            INNER,
                            null,
                            each -> {
                              if (++calls <= failures) {
                                throw error;
                              }
                              throw unknown;
                            })));
    assertThat(thrown).isSameAs(unknown);
  }

  @Test
  void anErrorThatWasNotRetryableForTheNestedCallMayBeRetried() {
    refuseInsideAfter(0);
    assertThat(calls).isEqualTo(4);
  }

  @Test
  void anErrorThatIsNotRetryableAfterANestedRetryIsNotRetried() {
    refuseInsideAfter(1);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void aSharedErrorKeepsOneTraceHoweverOftenItIsThrown() {
    for (int i = 0; i < 1_000; i++) {
      outer(
          attempt -> {
            throw error;
          });
    }
    assertThat(error.getSuppressed()).hasSize(1);
    assertThat(RetryTrace.find(error).report().failures()).hasSize(4);
  }

  @Test
  void aNestedCallCancelledByTheOuterTimeOutIsRetried() {
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
                            attempt.token(),
                            each -> {
                              calls++;
                              throw new UncheckedIOException(error);
                            })));
    assertThat(thrown).isInstanceOf(AttemptTimeoutException.class);
    assertThat(calls).isEqualTo(2);
    assertThat(RetryTrace.find(thrown).report().attempts()).isEqualTo(2);
  }
}
