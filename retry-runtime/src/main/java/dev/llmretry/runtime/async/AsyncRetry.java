package dev.llmretry.runtime.async;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.stream.CallbackGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return futures, without blocking a thread.
 *
 * <pre>{@code
 * CompletableFuture<Answer> answer =
 *     AsyncRetry.call(runtime, policy, token, attempt -> client.ask(question, attempt));
 * }</pre>
 *
 * <p>The first attempt is made at once, by the calling thread; the later ones by the runtime's
 * {@linkplain RetryRuntime#executor executor}. If the first attempt's future is complete already
 * and has a result, it is returned itself. Of any other, the future that is returned:
 *
 * <ul>
 *   <li>completes as the last attempt's does, with the very same error, or with {@link
 *       CancelledException}, or with {@link dev.llmretry.runtime.AttemptTimeoutException};
 *   <li>ends the call when it is completed from outside, as by {@code cancel}: a wait is not
 *       continued, the future of an attempt in flight is cancelled, and so is its token. The call's
 *       token and the runtime's do the same.
 * </ul>
 *
 * <p>Where an attempt has a time-out or a deadline, its token and then its future are cancelled
 * when the time is up. A future that does not end then is left behind, and its result ignored.
 *
 * <p>What the first attempt throws instead of returning a future, and is not retried, is thrown on,
 * whether it is a checked exception or not: a method that calls this declares what its attempts
 * declare.
 */
public final class AsyncRetry {

  private AsyncRetry() {}

  /**
   * Retries a call that takes no token.
   *
   * @param <T> what the future results in
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return a future that completes with the call, or the first attempt's own
   */
  public static <T extends @Nullable Object> CompletableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      AsyncCall<? extends CompletionStage<? extends T>> call) {
    return RetryFuture.start(runtime, policy, null, call);
  }

  /**
   * Retries a call that takes a token: its attempt's own, which is cancelled with the call, and
   * when the attempt runs out of time.
   *
   * @param <T> what the future results in
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return a future that completes with the call, or the first attempt's own
   */
  public static <T extends @Nullable Object> CompletableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends CompletionStage<? extends T>> call) {
    return RetryFuture.start(
        runtime, policy, token == null ? CancellationToken.none() : token, call);
  }

  /**
   * Makes a call of one that hands elements to a callback until its stage completes: once an
   * attempt has handed on one, neither is it retried, nor does time end it.
   *
   * @param <T> what the future results in
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return what to {@link #call(RetryRuntime, RetryPolicy, AsyncCall) call}
   */
  public static <T extends @Nullable Object> AsyncCall<CompletionStage<T>> gated(
      RetryPolicy policy, GatedCall<T> call) {
    return new GatedAttempts<>(policy, (gate, attempt) -> call.call(gate), false);
  }

  /**
   * As {@link #gated(RetryPolicy, GatedCall)}, of a call that takes a token.
   *
   * @param <T> what the future results in
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return what to {@link #call(RetryRuntime, RetryPolicy, CancellationToken,
   *     AsyncCall.Cancellable) call}
   */
  public static <T extends @Nullable Object> AsyncCall.Cancellable<CompletionStage<T>> gated(
      RetryPolicy policy, GatedCall.Cancellable<T> call) {
    return new GatedAttempts<>(policy, call, true);
  }

  /**
   * An asynchronous call that hands elements to a callback, made once for each attempt.
   *
   * @param <T> what it results in
   */
  @FunctionalInterface
  public interface GatedCall<T extends @Nullable Object> {

    /**
     * Begins an attempt.
     *
     * @param gate where its elements are to pass
     * @return a stage that completes once the last element has passed
     * @throws Throwable if it fails at once
     */
    CompletionStage<? extends T> call(CallbackGate gate) throws Throwable;

    /**
     * A call that takes a token.
     *
     * @param <T> what it results in
     */
    @FunctionalInterface
    interface Cancellable<T extends @Nullable Object> {

      /**
       * Begins an attempt that should end soon after {@code attempt} has been cancelled.
       *
       * @param gate where its elements are to pass
       * @param attempt the attempt's own token
       * @return a stage that completes once the last element has passed
       * @throws Throwable if it fails at once
       */
      CompletionStage<? extends T> call(CallbackGate gate, CancellationToken attempt)
          throws Throwable;
    }
  }
}
