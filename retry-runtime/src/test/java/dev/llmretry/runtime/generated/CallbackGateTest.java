package dev.llmretry.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CallbackGateTest {

  private final List<String> heard = new ArrayList<>();
  private final CallbackGate gate =
      new CallbackGate(
          RetryPolicy.builder("stream").preamble((Predicate<String>) String::isEmpty).build());

  private void element(String text) {
    gate.element(text, () -> heard.add("<" + text + ">"));
  }

  @Test
  void whatIsHeldBackPassesWithTheFirstElementOfContent() {
    gate.announcement(() -> heard.add("open"));
    element("");
    assertThat(heard).isEmpty();
    element("one");
    element("");
    element("two");
    assertThat(heard).containsExactly("open", "<>", "<one>", "<>", "<two>");
    assertThat(gate.failed()).isTrue();
  }

  @Test
  void anAttemptThatFailsBeforeContentLeavesNoTrace() {
    gate.announcement(() -> heard.add("open"));
    element("");
    assertThat(gate.failed()).isFalse();
    element("too late");
    assertThatThrownBy(gate::completed).isInstanceOf(CancellationException.class);
    assertThat(heard).isEmpty();
  }

  @Test
  void anAttemptThatReturnsHandsOnWhatIsHeldBack() {
    element("");
    gate.completed();
    assertThat(heard).containsExactly("<>");
    element("after the method has returned");
    assertThat(heard).containsExactly("<>", "<after the method has returned>");
  }

  @Test
  void anAttemptIsAskedOnceWhetherItHasTimeLeftBeforeAnythingPasses() {
    for (boolean inTime : new boolean[] {true, false}) {
      heard.clear();
      CallbackGate timed =
          new CallbackGate(
              RetryPolicy.builder("stream").build(),
              () -> {
                heard.add("asked");
                return inTime;
              });
      timed.announcement(() -> heard.add("open"));
      assertThat(heard).isEmpty();
      timed.element("one", () -> heard.add("one"));
      timed.element("two", () -> heard.add("two"));
      assertThat(heard)
          .containsExactlyElementsOf(
              inTime ? List.of("asked", "open", "one", "two") : List.of("asked"));
      assertThat(timed.failed()).isEqualTo(inTime);
    }
  }

  @Test
  void whatTheCallbackThrowsReachesTheAttemptAndRulesARetryOut() {
    var own = new IllegalStateException("its own");
    assertThatThrownBy(
            () ->
                gate.element(
                    "text",
                    () -> {
                      throw own;
                    }))
        .isSameAs(own);
    assertThat(gate.failed()).isTrue();
  }
}
