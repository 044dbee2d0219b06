package dev.llmretry.runtime.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatedFutureTest {

  private final CallbackGate gate = new CallbackGate(RetryPolicy.builder("call").build());
  private final CompletableFuture<String> stage = new CompletableFuture<>();
  private final List<String> heard = new ArrayList<>();

  @Test
  void toCancelItIsToCancelTheStageAndToShutTheGate() {
    var gated = new GatedFuture<String>(gate, stage);
    assertThat(gated.cancel(true)).isTrue();
    assertThat(gated).isCancelled();
    assertThat(stage).isCancelled();
    gate.element("late", () -> heard.add("late"));
    assertThat(heard).isEmpty();
  }

  @Test
  void aResultAfterElementsHaveBeenDroppedIsNone() {
    var gated = new GatedFuture<String>(gate, stage);
    gate.failed();
    gate.element("one", () -> heard.add("one"));
    gated.accept("ok", null);
    assertThat(heard).isEmpty();
    assertThat(gated).isCancelled();
  }

  @Test
  void whatIsCompleteIsNotCancelled() {
    var gated = new GatedFuture<String>(gate, stage);
    gated.accept("ok", null);
    assertThat(gated.cancel(true)).isFalse();
    assertThat(gated).isCompletedWithValue("ok");
  }
}
