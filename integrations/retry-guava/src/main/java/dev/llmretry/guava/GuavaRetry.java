package dev.llmretry.guava;

import com.google.common.util.concurrent.ListenableFuture;
import dev.llmretry.guava.internal.ListenedFuture;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return {@link ListenableFuture}s, without blocking a thread.
 *
 * <pre>{@code
 * ListenableFuture<Answer> answer =
 *     GuavaRetry.call(runtime, policy, token, attempt -> client.ask(question, attempt.token()));
 * }</pre>
 *
 * <p>Calls behave as with {@link dev.llmretry.runtime.AsyncRetry}. The first attempt is made at
 * once, by the calling thread; if its future is done already and has a result, that future is
 * returned. Otherwise, the returned future fails with the same error object as the last attempt's,
 * and ends the call when it is cancelled: a delay is cut short, and the future of an attempt in
 * flight is cancelled, as is the attempt's token.
 *
 * <p>An error that the first attempt throws instead of returning a future, and that is not retried,
 * is rethrown, even if it is a checked exception.
 *
 * <p>The methods, and the futures they return, are safe for use by several threads.
 */
public final class GuavaRetry {

  private GuavaRetry() {}

  /**
   * Retries a call.
   *
   * @param <T> the result of the future
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return the future of the call; the first attempt's own if it already has a result
   */
  public static <T extends @Nullable Object> ListenableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      AsyncCall<? extends ListenableFuture<? extends T>> call) {
    return call(runtime, policy, null, call);
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
  @SuppressWarnings("unchecked") // a future is only read
  public static <T extends @Nullable Object> ListenableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends ListenableFuture<? extends T>> call) {
    return (ListenableFuture<T>)
        ListenedFuture.<T, ListenableFuture<? extends T>>retry(
            runtime, policy, token, call, ListenableFuture::addListener, RetriedFuture::new);
  }

  private static final class RetriedFuture<T extends @Nullable Object> extends ListenedFuture<T>
      implements ListenableFuture<T> {

    RetriedFuture(CompletableFuture<T> future) {
      super(future);
    }
  }
}
