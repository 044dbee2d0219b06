package dev.llmretry.conformance.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.conformance.ProviderError;
import dev.llmretry.conformance.TestEnvironment;
import dev.llmretry.runtime.CallbackRetry;
import dev.llmretry.runtime.CallbackRetry.CallbackAttempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CallbackRetryTest {

  private final TestEnvironment environment = new TestEnvironment();
  private final List<String> received = new ArrayList<>();
  private final List<Throwable> errors = new ArrayList<>();
  private final List<CallbackAttempt> attempts = new ArrayList<>();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  private CallbackAttempt begin() {
    RetryPolicy policy =
        RetryPolicy.builder("chat")
            .baseDelay(Duration.ofMillis(100))
            .preamble((Predicate<String>) String::isEmpty)
            .build();
    CallbackRetry.call(
        environment.runtime(), policy, environment.callToken, errors::add, attempts::add);
    return attempt(1);
  }

  private CallbackAttempt attempt(int number) {
    assertThat(attempts).hasSize(number);
    return attempts.get(number - 1);
  }

  private void element(CallbackAttempt attempt, String text) {
    attempt.element(text, () -> received.add(text));
  }

  @Test
  void elementsAreEmittedOnceAndThenTheEnd() {
    CallbackAttempt first = begin();
    element(first, "one");
    element(first, "two");
    first.completed(() -> received.add("end"));
    element(first, "after the end");
    assertThat(received).containsExactly("one", "two", "end");
    assertThat(errors).isEmpty();
    assertThat(environment.events).containsExactly("success 1");
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void anElementReportedDuringADeliveryIsEmittedAfterIt() {
    CallbackAttempt first = begin();
    first.element(
        "one",
        () -> {
          element(first, "two");
          received.add("one");
        });
    first.completed(() -> received.add("end"));
    assertThat(received).containsExactly("one", "two", "end");
  }

  @Test
  void anErrorBeforeTheFirstElementIsRetriedSilently() {
    CallbackAttempt first = begin();
    first.announcement(() -> received.add("open 1"));
    element(first, "");
    first.failed(overloaded);
    environment.clock.advance(Duration.ofMillis(100));
    CallbackAttempt second = attempt(2);
    element(first, "of an attempt that is over");
    second.announcement(() -> received.add("open 2"));
    element(second, "text");
    second.completed(() -> received.add("end"));
    assertThat(received).containsExactly("open 2", "text", "end");
    assertThat(errors).isEmpty();
    assertThat(first.token().isCancelled()).isFalse();
  }

  @Test
  void anErrorAfterTheFirstElementIsTerminal() {
    CallbackAttempt first = begin();
    element(first, "text");
    first.failed(overloaded);
    assertThat(errors).containsExactly(overloaded);
    assertThat(RetryTrace.find(overloaded).report().reason())
        .isEqualTo(GiveUpReason.ELEMENTS_DELIVERED);
  }

  @Test
  void anErrorThrownByAnAttemptIsItsError() {
    var unknown = new IllegalStateException("not retried");
    CallbackRetry.call(
        environment.runtime(),
        RetryPolicy.builder("chat").build(),
        null,
        errors::add,
        attempt -> {
          throw unknown;
        });
    assertThat(errors).containsExactly(unknown);
  }

  private CallbackAttempt beginTimed() {
    RetryPolicy timed =
        RetryPolicy.builder("chat")
            .baseDelay(Duration.ofMillis(100))
            .attemptTimeout(Duration.ofSeconds(1))
            .build();
    CallbackRetry.call(
        environment.runtime(), timed, environment.callToken, errors::add, attempts::add);
    return attempt(1);
  }

  @Test
  void aSlowRegistrationWithTheCallsTokenIsNotPartOfTheAttempt() {
    var slow =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            return false;
          }

          @Override
          public Registration onCancel(Runnable action) {
            environment.clock.advance(Duration.ofSeconds(2));
            return () -> {};
          }
        };
    RetryPolicy timed = RetryPolicy.builder("chat").attemptTimeout(Duration.ofSeconds(1)).build();
    CallbackRetry.call(
        environment.runtime(),
        timed,
        slow,
        errors::add,
        attempt -> {
          assertThat(attempt.token().isCancelled()).isFalse();
          attempt.completed(() -> received.add("end"));
        });
    assertThat(received).containsExactly("end");
    assertThat(environment.events).containsExactly("success 1");
  }

  @Test
  void anEndInResponseToATimeOutIsEmitted() {
    CallbackAttempt first = beginTimed();
    first.token().onCancel(() -> first.completed(() -> received.add("end")));
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(received).containsExactly("end");
    assertThat(errors).isEmpty();
    assertThat(environment.events).containsExactly("success 1");
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void contentInResponseToATimeOutFailsTheAttempt() {
    CallbackAttempt first = beginTimed();
    first
        .token()
        .onCancel(
            () -> {
              element(first, "late");
              first.completed(() -> received.add("late end"));
            });
    environment.clock.advance(Duration.ofSeconds(1));
    assertThat(received).isEmpty();
    environment.clock.advance(Duration.ofMillis(100));
    element(attempt(2), "in time");
    attempt(2).completed(() -> received.add("end"));
    assertThat(received).containsExactly("in time", "end");
    assertThat(environment.events).containsExactly("retry 1 TIMEOUT", "success 2");
    assertThat(environment.callToken.registered()).isZero();
  }

  @Test
  void aCancellationEndsTheCall() {
    CallbackAttempt first = begin();
    environment.call.cancel();
    assertThat(errors).singleElement().isInstanceOf(CancelledException.class);
    assertThat(first.token().isCancelled()).isTrue();
    element(first, "too late");
    assertThat(received).isEmpty();
  }

  @Test
  void anErrorThrownByTheCallbackItselfEndsTheCall() {
    CallbackAttempt first = begin();
    var own = new IllegalStateException("its own");
    first.element(
        "text",
        () -> {
          throw own;
        });
    element(first, "more");
    assertThat(errors).containsExactly(own);
    assertThat(RetryTrace.find(own).report().reason()).isEqualTo(GiveUpReason.CANCELLED);
    assertThat(environment.events).containsExactly("give up 1 CANCELLED");
    assertThat(received).isEmpty();
    assertThat(first.token().isCancelled()).isTrue();
    assertThat(environment.callToken.registered()).isZero();
  }
}
