package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.stream.CallbackGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts that hand elements to a callback, each with a gate in between.
 *
 * @param <T> what an attempt results in
 */
final class GatedAttempts<T extends @Nullable Object>
    implements AsyncCall.Cancellable<CompletionStage<T>> {

  private final RetryPolicy policy;
  private final AsyncRetry.GatedCall.Cancellable<T> call;
  private final boolean takesToken;

  GatedAttempts(RetryPolicy policy, AsyncRetry.GatedCall.Cancellable<T> call, boolean takesToken) {
    this.policy = policy;
    this.call = call;
    this.takesToken = takesToken;
  }

  @Override
  public CompletionStage<T> call(CancellationToken attempt) throws Throwable {
    return call(attempt, () -> true);
  }

  @Override
  public CompletionStage<T> call(CancellationToken attempt, BooleanSupplier elementsMayBegin)
      throws Throwable {
    var gate = new CallbackGate(policy, elementsMayBegin);
    CompletionStage<? extends T> stage;
    try {
      stage = Stages.required(call.call(gate, attempt), policy);
    } catch (Throwable e) {
      if (!gate.failed()) {
        throw e;
      }
      stage = CompletableFuture.failedFuture(e); // elements have passed: no retry
    }
    var gated = new GatedFuture<T>(gate, stage);
    stage.whenComplete(gated);
    return gated;
  }

  @Override
  public boolean takesToken() {
    return takesToken;
  }
}
