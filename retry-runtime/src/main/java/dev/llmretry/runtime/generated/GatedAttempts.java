package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.generated.FutureRetry.GatedCall;
import dev.llmretry.runtime.internal.execution.AttemptScope;
import dev.llmretry.runtime.internal.execution.Results;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts that emit elements to a callback, each through a gate of its own.
 *
 * @param <T> the result
 */
final class GatedAttempts<T extends @Nullable Object> implements AsyncCall<CompletionStage<T>> {

  private final RetryPolicy policy;
  private final GatedCall<T> call;

  GatedAttempts(RetryPolicy policy, GatedCall<T> call) {
    this.policy = policy;
    this.call = call;
  }

  @Override
  public CompletionStage<T> call(Attempt attempt) throws Throwable {
    var gate = new CallbackGate(policy, ((AttemptScope) attempt)::tryStartEmitting);
    try {
      return gated(gate, Results.requireReturned(policy, call.call(gate, attempt)));
    } catch (Throwable e) {
      if (!gate.failed()) {
        throw e;
      }
      return gated(gate, CompletableFuture.failedFuture(e)); // it has emitted elements: no retry
    }
  }

  private CompletionStage<T> gated(CallbackGate gate, CompletionStage<? extends T> stage) {
    var gated = new GatedFuture<T>(gate, stage);
    stage.whenComplete(gated);
    return gated;
  }
}
