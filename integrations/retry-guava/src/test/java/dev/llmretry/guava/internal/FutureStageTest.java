package dev.llmretry.guava.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FutureStageTest {

  @Test
  void toCancelItIsToCancelTheFuture() {
    var future = new CompletableFuture<String>();
    var stage = new FutureStage<String>(future);
    assertThat(stage.cancel(true)).isTrue();
    assertThat(stage).isCancelled();
    assertThat(future).isCancelled();
  }

  @Test
  void aFutureThatHasAResultByThenHasItForTheStageToo() {
    var stage = new FutureStage<String>(CompletableFuture.completedFuture("late"));
    assertThat(stage.cancel(true)).isFalse();
    assertThat(stage).isCompletedWithValue("late");
  }

  @Test
  void aFutureThatCannotBeCancelledIsLeftBehind() {
    var stubborn =
        new CompletableFuture<String>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
          }
        };
    var stage = new FutureStage<String>(stubborn);
    assertThat(stage.cancel(true)).isTrue();
    assertThat(stage).isCancelled();
  }

  @Test
  void anErrorWithoutACauseIsTheError() {
    var causeless = new ExecutionException((Throwable) null);
    var future =
        new CompletableFuture<String>() {
          @Override
          public String get() throws ExecutionException {
            throw causeless;
          }
        };
    var stage = new FutureStage<String>(future);
    stage.run();
    assertThatThrownBy(stage::get).hasCause(causeless);
  }
}
