package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.cases.World;
import dev.llmretry.runtime.stream.CallbackGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What generated code relies on, beyond what {@link Retry} uses of it. */
class RetryLoopTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("call").maxRetries(1).build();

  private final World world = new World();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private RetryLoop loop() {
    return new RetryLoop(world.runtime(), POLICY, world.callToken, RetryLoop.now());
  }

  @Test
  void thereIsSomebodyToTellOnlyWhereThereIsAListener() {
    RetryRuntime withToken = RetryRuntime.builder().token(world.applicationToken).build();
    assertThat(RetryLoop.begin(RetryRuntime.standard(), POLICY, null)).isFalse();
    assertThat(RetryLoop.begin(withToken, POLICY, null)).isFalse();
    assertThat(RetryLoop.begin(world.runtime(), POLICY, null)).isTrue();
  }

  @Test
  void noCallBeginsOnceATokenIsCancelled() {
    RetryRuntime withToken = RetryRuntime.builder().token(world.applicationToken).build();
    world.call.cancel();
    assertThatThrownBy(() -> RetryLoop.begin(RetryRuntime.standard(), POLICY, world.callToken))
        .isInstanceOf(CancelledException.class);
    world.application.cancel();
    assertThatThrownBy(() -> RetryLoop.begin(withToken, POLICY, null))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void tellsWhetherToGoOn() throws InterruptedException {
    RetryLoop loop = loop();
    assertThat(loop.awaitRetryInterruptibly(overloaded)).isTrue();
    assertThat(loop.awaitRetryInterruptibly(overloaded)).isFalse();
    assertThat(world.waits).containsExactly(100L);
  }

  @Test
  void whatHasBeenDeliveredRulesARetryOut() throws InterruptedException {
    assertThat(loop().awaitRetryInterruptibly(overloaded, true)).isFalse();
    assertThat(loop().awaitRetry(overloaded, true)).isFalse();
    assertThat(world.waits).isEmpty();
  }

  @Test
  void anInterruptEndsTheWait() {
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
  void timeEndsNoAttemptThatHasBegunToHandOnElements() {
    RetryPolicy timed =
        RetryPolicy.builder("timed")
            .attemptTimeout(Duration.ofSeconds(1))
            .deadline(Duration.ofSeconds(5))
            .build();
    RetryLoop loop = RetryLoop.timed(world.runtime(), timed, world.callToken);
    CancellationToken attempt = loop.beginAttempt();
    var gate = new CallbackGate(timed, loop.elementsMayBegin());
    gate.announcement(() -> {});
    assertThat(world.clock.scheduledCount()).isOne();
    gate.element("one", () -> {});
    world.clock.advance(Duration.ofHours(1));
    assertThat(attempt.isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(loop.awaitRetry(overloaded, gate.failed())).isFalse();
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void elementsThatComeTooLateArePartOfAnAttemptThatIsRetried() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    RetryLoop loop = RetryLoop.timed(world.runtime(), timed, null);
    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      loop.beginAttempt();
      var gate = new CallbackGate(timed, loop.elementsMayBegin());
      gate.announcement(() -> heard.add("preamble"));
      world.clock.advance(Duration.ofSeconds(1));
      Runnable element = () -> gate.element("late", () -> heard.add("late"));
      assertThatThrownBy(i == 0 ? element::run : gate::completed)
          .isInstanceOfSatisfying(
              CancellationException.class,
              late -> assertThat(loop.awaitRetry(late, gate.failed())).isTrue());
      element.run(); // by what has not stopped
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(heard).isEmpty();
    assertThat(world.waits).hasSize(2);
  }

  @Test
  void whatIsLeftOfAnAttemptDoesNotTouchTheNext() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    RetryLoop loop = RetryLoop.timed(world.runtime(), timed, null);
    loop.beginAttempt();
    BooleanSupplier first = loop.elementsMayBegin();
    assertThat(loop.awaitRetry(overloaded)).isTrue();
    loop.beginAttempt();
    assertThatThrownBy(first::getAsBoolean).isInstanceOf(CancellationException.class);
    assertThat(world.clock.scheduledCount()).as("bounds of the second").isOne();
    assertThat(loop.elementsMayBegin().getAsBoolean()).isTrue();
    assertThat(world.clock.scheduledCount()).isZero();
    loop.endAttempt();
  }

  @Test
  void aSuccessStopsTheTimer() {
    RetryPolicy timed = RetryPolicy.builder("timed").attemptTimeout(Duration.ofSeconds(1)).build();
    RetryLoop loop = RetryLoop.timed(world.runtime(), timed, world.callToken);
    loop.beginAttempt();
    assertThat(world.clock.scheduledCount()).isOne();
    loop.succeeded();
    assertThat(world.clock.scheduledCount()).isZero();
    assertThat(world.callToken.registered()).isZero();
    assertThat(world.events).containsExactly("success 1");
  }
}
