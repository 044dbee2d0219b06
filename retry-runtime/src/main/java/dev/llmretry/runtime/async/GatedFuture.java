package dev.llmretry.runtime.async;

import dev.llmretry.runtime.stream.CallbackGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that hands elements to a callback until its stage completes. It completes as that
 * does, and the gate with it; to cancel it is to cancel the stage.
 */
final class GatedFuture<T extends @Nullable Object> extends CompletableFuture<T>
    implements BiConsumer<T, @Nullable Throwable> {

  private final CallbackGate gate;
  private final CompletionStage<? extends T> stage;

  GatedFuture(CallbackGate gate, CompletionStage<? extends T> stage) {
    this.gate = gate;
    this.stage = stage;
  }

  /** Returns whether {@code stage} is one whose callback has been handed elements. */
  static boolean hasDelivered(CompletionStage<?> stage) {
    return stage instanceof GatedFuture<?> gated && gated.gate.failed();
  }

  /** Returns what a stage that is gated fails with, the mark of a nested retry included. */
  static CompletionStage<?> behind(CompletionStage<?> stage) {
    return stage instanceof GatedFuture<?> gated ? gated.stage : stage;
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
      } catch (Throwable e) { // from the callback, or too late
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
