package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.util.Log;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A collaborator that fails in each call is logged once, and then once a minute at most. */
class RepeatedWarningsTest {

  private static final int CALLS = 1_000;
  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(1).baseDelay(Duration.ZERO).build();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final VirtualBackoffClock time = VirtualBackoffClock.manual();

  private static IllegalStateException broken() {
    return new IllegalStateException("broken");
  }

  private List<LogRecord> warnings() {
    return log.lines().stream().filter(line -> line.getLevel() == Level.WARNING).toList();
  }

  private void makeCalls(RetryRuntime.Builder runtime, CancellationToken token) {
    Log.resetWarnings(time::nanoTime);
    RetryRuntime built = runtime.clock(VirtualBackoffClock.autoAdvancing()).build();
    for (int i = 0; i < CALLS; i++) {
      makeCall(built, token);
    }
  }

  private static void makeCall(RetryRuntime runtime, CancellationToken token) {
    var error = new ProviderError(FailureKind.SERVER);
    assertThat(
            catchThrowable(
                () ->
                    Retry.call(
                        runtime,
                        POLICY,
                        token,
                        attempt -> {
                          throw error;
                        })))
        .isSameAs(error);
  }

  @Test
  void aListenerThatThrows() {
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onAttemptStarted(RetryEvent event) {
            throw broken();
          }
        };
    RetryRuntime.Builder runtime = RetryRuntime.builder().listener(listener);
    makeCalls(runtime, null);
    assertThat(warnings())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getMessage()).isEqualTo("A retry listener failed; the call goes on");
              assertThat(line.getThrown()).isInstanceOf(IllegalStateException.class);
            });
    time.advance(Duration.ofMinutes(1));
    makeCall(runtime.build(), null);
    assertThat(warnings()).hasSize(2);
    LogRecord later = warnings().get(1);
    assertThat(later.getThrown()).isNull();
    assertThat(later.getMessage())
        .isEqualTo(
            "A retry listener failed; the call goes on: java.lang.IllegalStateException: broken ("
                + (2 * CALLS - 1)
                + " more since the last such warning)");
  }

  @Test
  void aClassifierThatThrows() {
    makeCalls(
        RetryRuntime.builder()
            .classifier(
                (error, clock) -> {
                  throw broken();
                }),
        null);
    assertThat(log.warnings()).containsExactly("A failure classifier failed, and is skipped");
  }

  @Test
  void aTokenThatThrows() {
    CancellationToken token =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            throw broken();
          }

          @Override
          public Registration onCancel(Runnable action) {
            throw broken();
          }
        };
    makeCalls(RetryRuntime.builder(), token);
    assertThat(log.warnings())
        .containsExactly("A cancellation token failed; it counts as not cancelled");
  }

  @Test
  void anExecutorThatRejects() {
    Log.resetWarnings(time::nanoTime);
    RetryRuntime runtime =
        RetryRuntime.builder()
            .executor(
                work -> {
                  throw new RejectedExecutionException("shut down");
                })
            .build();
    for (int i = 0; i < CALLS; i++) {
      CompletableFuture<String> call =
          RuntimeDriver.FUTURE.call(
              runtime,
              POLICY,
              null,
              attempt -> {
                throw new ProviderError(FailureKind.SERVER);
              });
      assertThat(call).isCompletedExceptionally();
    }
    assertThat(log.warnings())
        .containsExactly("The executor or clock of call rejected the next step");
  }

  @Test
  void exceptionsOfDifferentClassesAreLoggedEach() {
    Log.resetWarnings(time::nanoTime);
    for (int i = 0; i < 3; i++) {
      Log.warning("A listener failed", new IllegalStateException());
      Log.warning("A listener failed", new NullPointerException());
      Log.warning("A listener was replaced");
    }
    assertThat(log.warnings())
        .containsExactly("A listener failed", "A listener failed", "A listener was replaced");
  }

  @Test
  void aLaterWarningIsCutAndEscaped() {
    Log.resetWarnings(time::nanoTime);
    var problem = new IllegalStateException("a\nb" + "x".repeat(1_000_000));
    Log.warning("A listener failed", problem);
    Log.warning("A listener failed", problem);
    time.advance(Duration.ofMinutes(1));
    Log.warning("A listener failed", problem);
    assertThat(log.warnings().get(1)).hasLineCount(1).contains("a\\nb").hasSizeLessThan(1_000);
  }
}
