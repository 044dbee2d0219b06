package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.generated.CallbackGate;
import dev.llmretry.runtime.generated.RetryLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The entry points of generated code that {@link Retry} does not use. */
class RetryLoopTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("call").maxRetries(1).build();

  private final TestEnvironment environment = new TestEnvironment();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private RetryLoop loop() {
    return new RetryLoop(
        environment.runtime(), POLICY, environment.callToken, RetryLoop.sequence());
  }

  @Test
  void aCallIsObservedOnlyIfThereIsAListener() {
    RetryRuntime withToken = RetryRuntime.builder().token(environment.applicationToken).build();
    assertThat(RetryLoop.begin(RetryRuntime.standard(), POLICY, null)).isNull();
    assertThat(RetryLoop.begin(withToken, POLICY, null)).isNull();
    assertThat(RetryLoop.begin(environment.runtime(), POLICY, null)).isNotNull();
  }

  @Test
  void noCallBeginsOnceATokenIsCancelled() {
    RetryRuntime withToken = RetryRuntime.builder().token(environment.applicationToken).build();
    environment.call.cancel();
    assertThatThrownBy(
            () -> RetryLoop.begin(RetryRuntime.standard(), POLICY, environment.callToken))
        .isInstanceOf(CancelledException.class);
    environment.application.cancel();
    assertThatThrownBy(() -> RetryLoop.begin(withToken, POLICY, null))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void returnsWhetherToRetry() throws InterruptedException {
    RetryLoop loop = loop();
    assertThat(loop.awaitRetryInterruptibly(overloaded)).isTrue();
    assertThat(loop.awaitRetryInterruptibly(overloaded)).isFalse();
    assertThat(environment.waits).containsExactly(100L);
  }

  @Test
  void anAttemptThatHasEmittedIsNotRetried() throws InterruptedException {
    assertThat(loop().awaitRetryInterruptibly(overloaded, true)).isFalse();
    assertThat(loop().awaitRetry(overloaded, true)).isFalse();
    assertThat(environment.waits).isEmpty();
  }

  @Test
  void anInterruptEndsTheDelay() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> loop().awaitRetryInterruptibly(overloaded))
        .isInstanceOf(InterruptedException.class)
        .hasCause(overloaded);
    assertThat(Thread.interrupted()).isFalse();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> loop().awaitRetry(overloaded))
        .isInstanceOf(CancelledException.class)
        .hasCause(overloaded);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aBlockingAttemptDoesNotTimeOutAfterItsFirstElement() {
    RetryPolicy timed =
        RetryPolicy.builder("timed")
            .attemptTimeout(Duration.ofSeconds(1))
            .deadline(Duration.ofSeconds(5))
            .build();
    RetryLoop loop = RetryLoop.beginTimed(environment.runtime(), timed, environment.callToken);
    CancellationToken attempt = loop.beginAttempt().token();
    var gate = new CallbackGate(timed, loop.emissionGuard());
    gate.announcement(() -> {});
    assertThat(environment.clock.scheduledCount()).isOne();
    gate.element("one", () -> {});
    environment.clock.advance(Duration.ofHours(1));
    assertThat(attempt.isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(loop.awaitRetry(overloaded, gate.failed())).isFalse();
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void elementsAfterTheTimeOutFailTheAttempt() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    RetryLoop loop = RetryLoop.beginTimed(environment.runtime(), timed, null);
    List<String> received = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      loop.beginAttempt();
      var gate = new CallbackGate(timed, loop.emissionGuard());
      gate.announcement(() -> received.add("preamble"));
      environment.clock.advance(Duration.ofSeconds(1));
      Runnable element = () -> gate.element("late", () -> received.add("late"));
      assertThatThrownBy(i == 0 ? element::run : gate::completed)
          .isInstanceOfSatisfying(
              CancellationException.class,
              late -> assertThat(loop.awaitRetry(late, gate.failed())).isTrue());
      element.run(); // by what has not stopped
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(received).isEmpty();
    assertThat(environment.waits).hasSize(2);
  }

  @Test
  void theEmissionGuardOfAnAttemptDoesNotAffectTheNext() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    RetryLoop loop = RetryLoop.beginTimed(environment.runtime(), timed, null);
    loop.beginAttempt();
    BooleanSupplier first = loop.emissionGuard();
    assertThat(loop.awaitRetry(overloaded)).isTrue();
    loop.beginAttempt();
    assertThatThrownBy(first::getAsBoolean).isInstanceOf(CancellationException.class);
    assertThat(environment.clock.scheduledCount()).as("bounds of the second").isOne();
    assertThat(loop.emissionGuard().getAsBoolean()).isTrue();
    assertThat(environment.clock.scheduledCount()).isZero();
    loop.endAttempt();
  }

  @Test
  void aSuccessCancelsTheTimer() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    RetryLoop loop = RetryLoop.beginTimed(environment.runtime(), timed, environment.callToken);
    loop.beginAttempt();
    assertThat(environment.clock.scheduledCount()).isOne();
    loop.succeeded();
    assertThat(environment.clock.scheduledCount()).isZero();
    assertThat(environment.callToken.registered()).isZero();
    assertThat(environment.events).containsExactly("success 1");
  }
}
