package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.internal.util.Log;
import java.util.concurrent.CompletionStage;

/** Helpers for completion stages of any implementation. */
public final class Stages {

  private Stages() {}

  /** Cancels a stage, if its implementation supports that. */
  public static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException e) {
      // Permitted by the contract. The result of such a stage is ignored.
    } catch (Throwable e) {
      Log.warning("A completion stage failed to be cancelled", e);
    }
  }
}
