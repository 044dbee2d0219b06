package dev.llmretry.runtime.generated;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.future.RetryFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Retries methods that return futures, as {@link dev.llmretry.runtime.AsyncRetry} does, for
 * generated code.
 */
public final class FutureRetry {

  private FutureRetry() {}

  /**
   * Retries a method that takes neither a token nor an attempt. Nothing is allocated if the first
   * attempt returns a future that is complete and has a result, and the policy sets no time limit.
   *
   * @param <T> the result of the future
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return the future of the call; the first attempt's own if it already has a result
   */
  public static <T extends @Nullable Object> CompletableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      FutureCall<? extends CompletionStage<? extends T>> call) {
    return RetryFuture.start(runtime, policy, null, call);
  }

  /**
   * As {@link #call(RetryRuntime, RetryPolicy, FutureCall)}, with several routes.
   *
   * @param <T> the result of the future
   * @param runtime that of the {@link dev.llmretry.runtime.Routes}
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return the future of the call; the first attempt's own if it already has a result
   */
  public static <T extends @Nullable Object> CompletableFuture<T> routed(
      RetryRuntime runtime,
      RetryPolicy policy,
      RoutedCall<? extends CompletionStage<? extends T>> call) {
    return RetryFuture.start(runtime, policy, null, call);
  }

  /**
   * Returns a call that emits elements to a callback until its stage completes: after its first
   * element an attempt is not retried, and does not time out.
   *
   * @param <T> the result of the future
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return the argument for {@link dev.llmretry.runtime.AsyncRetry}
   */
  public static <T extends @Nullable Object> AsyncCall<CompletionStage<T>> gated(
      RetryPolicy policy, GatedCall<T> call) {
    return new GatedAttempts<>(policy, call);
  }

  /**
   * An asynchronous call that emits elements to a callback.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  public interface GatedCall<T extends @Nullable Object> {

    /**
     * Starts an attempt.
     *
     * @param gate emits the attempt's elements
     * @param attempt the attempt
     * @return a stage that completes after the last element
     * @throws Throwable if the attempt fails at once
     */
    CompletionStage<? extends T> call(CallbackGate gate, Attempt attempt) throws Throwable;
  }
}
