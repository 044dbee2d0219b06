package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.GiveUpReason;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryTrace;
import dev.llmretry.runtime.cases.ProviderError;
import dev.llmretry.runtime.cases.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CallbackRetryTest {

  private final World world = new World();
  private final List<String> heard = new ArrayList<>();
  private final List<Throwable> errors = new ArrayList<>();
  private final List<CallbackAttempt> attempts = new ArrayList<>();
  private final ProviderError overloaded = new ProviderError(FailureKind.OVERLOADED);

  private CallbackAttempt begin() {
    RetryPolicy policy =
        RetryPolicy.builder("chat")
            .baseDelay(Duration.ofMillis(100))
            .preamble((Predicate<String>) String::isEmpty)
            .build();
    CallbackRetry.call(world.runtime(), policy, world.callToken, errors::add, attempts::add);
    return attempt(1);
  }

  private CallbackAttempt attempt(int number) {
    assertThat(attempts).hasSize(number);
    return attempts.get(number - 1);
  }

  private void element(CallbackAttempt attempt, String text) {
    attempt.element(text, () -> heard.add(text));
  }

  @Test
  void elementsAreHandedOnOnceAndTheEndAfterThem() {
    CallbackAttempt first = begin();
    element(first, "one");
    element(first, "two");
    first.completed(() -> heard.add("end"));
    element(first, "after the end");
    assertThat(heard).containsExactly("one", "two", "end");
    assertThat(errors).isEmpty();
    assertThat(world.events).containsExactly("success 1");
    assertThat(world.callToken.registered()).isZero();
  }

  @Test
  void anErrorBeforeTheFirstElementIsRetriedAndNotHeard() {
    CallbackAttempt first = begin();
    first.announcement(() -> heard.add("open 1"));
    element(first, "");
    first.failed(overloaded);
    world.clock.advance(Duration.ofMillis(100));
    CallbackAttempt second = attempt(2);
    element(first, "of an attempt that is over");
    second.announcement(() -> heard.add("open 2"));
    element(second, "text");
    second.completed(() -> heard.add("end"));
    assertThat(heard).containsExactly("open 2", "text", "end");
    assertThat(errors).isEmpty();
    assertThat(first.token().isCancelled()).isFalse();
  }

  @Test
  void anErrorAfterItIsHeard() {
    CallbackAttempt first = begin();
    element(first, "text");
    first.failed(overloaded);
    assertThat(errors).containsExactly(overloaded);
    assertThat(RetryTrace.find(overloaded).report().reason()).isEqualTo(GiveUpReason.DELIVERED);
  }

  @Test
  void whatAnAttemptThrowsIsTreatedAsAnErrorOfIt() {
    var unknown = new IllegalStateException("not retried");
    CallbackRetry.call(
        world.runtime(),
        RetryPolicy.builder("chat").build(),
        null,
        errors::add,
        attempt -> {
          throw unknown;
        });
    assertThat(errors).containsExactly(unknown);
  }

  @Test
  void aTokenEndsIt() {
    CallbackAttempt first = begin();
    world.call.cancel();
    assertThat(errors).singleElement().isInstanceOf(CancelledException.class);
    assertThat(first.token().isCancelled()).isTrue();
    element(first, "too late");
    assertThat(heard).isEmpty();
  }

  @Test
  void whatTheCallbackThrowsItselfEndsTheCall() {
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
    assertThat(world.events).containsExactly("give up 1 CANCELLED");
    assertThat(heard).isEmpty();
    assertThat(first.token().isCancelled()).isTrue();
    assertThat(world.callToken.registered()).isZero();
  }
}
