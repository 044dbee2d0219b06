package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.future.RetryFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return futures, without blocking a thread.
 *
 * <pre>{@code
 * CompletableFuture<Answer> answer =
 *     AsyncRetry.call(runtime, policy, token, attempt -> client.ask(question, attempt.token()));
 * }</pre>
 *
 * <p>The first attempt is made at once, by the calling thread; later ones by the runtime's
 * {@linkplain RetryRuntime.Builder#executor executor}. If the first attempt's future is complete
 * already and has a result, that future is returned. Otherwise, the returned future:
 *
 * <ul>
 *   <li>completes as the last attempt's future does, with the same error object, or with {@link
 *       CancelledException}, or with {@link AttemptTimeoutException};
 *   <li>ends the call when it is completed from outside, as by {@code cancel}: a delay is cut
 *       short, the future of an attempt in flight is cancelled, and so is the attempt's token. The
 *       call's token and the runtime's token do the same.
 * </ul>
 *
 * <p>When an attempt times out or the deadline passes, the attempt's token is cancelled, then its
 * future. A future that does not complete in response is abandoned, and its result ignored; so is a
 * later attempt that has not returned its future by then.
 *
 * <p>An error that the first attempt throws instead of returning a future, and that is not retried,
 * is rethrown, even if it is a checked exception that this method does not declare.
 *
 * <p>The methods, and the futures they return, are safe for use by several threads.
 */
public final class AsyncRetry {

  private AsyncRetry() {}

  /**
   * Retries a call.
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
      AsyncCall<? extends CompletionStage<? extends T>> call) {
    return RetryFuture.start(runtime, policy, null, call);
  }

  /**
   * Retries a call that a token cancels.
   *
   * @param <T> the result of the future
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return the future of the call; the first attempt's own if it already has a result
   */
  public static <T extends @Nullable Object> CompletableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends CompletionStage<? extends T>> call) {
    return RetryFuture.start(runtime, policy, token, call);
  }
}
