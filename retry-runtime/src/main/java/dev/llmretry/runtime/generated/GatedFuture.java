package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.internal.future.EmittingStage;
import dev.llmretry.runtime.internal.future.Stages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stage of an attempt that emits elements to a callback until it completes. The gate is
 * completed before this future. Cancelling this future cancels the stage.
 */
final class GatedFuture<T extends @Nullable Object> extends CompletableFuture<T>
    implements BiConsumer<T, @Nullable Throwable>, EmittingStage {

  private final CallbackGate gate;
  private final CompletionStage<? extends T> stage;

  GatedFuture(CallbackGate gate, CompletionStage<? extends T> stage) {
    this.gate = gate;
    this.stage = stage;
  }

  @Override
  public boolean hasEmitted() {
    return gate.failed();
  }

  @Override
  public CompletionStage<?> source() {
    return stage;
  }

  @Override
  public void accept(T result, @Nullable Throwable error) {
    if (error != null) {
      gate.failed();
      completeExceptionally(error);
    } else {
      try {
        gate.completed();
        complete(result);
      } catch (Throwable e) { // from the callback, or timed out
        completeExceptionally(e);
      }
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    gate.failed();
    Stages.cancel(stage);
    return super.cancel(mayInterruptIfRunning);
  }
}
