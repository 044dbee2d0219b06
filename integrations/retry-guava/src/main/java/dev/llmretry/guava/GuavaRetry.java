package dev.llmretry.guava;

import com.google.common.util.concurrent.ListenableFuture;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.async.AsyncCall;
import dev.llmretry.runtime.async.ListenedFuture;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Retries calls that return a {@link ListenableFuture}, without blocking a thread.
 *
 * <pre>{@code
 * ListenableFuture<Answer> answer =
 *     GuavaRetry.call(runtime, policy, token, attempt -> client.ask(question, attempt));
 * }</pre>
 *
 * <p>All is as with {@link dev.llmretry.runtime.async.AsyncRetry}: the first attempt is made at
 * once, by the calling thread; if its future is complete already and has a result, it is returned
 * itself; what it throws, and is not retried, is thrown on. Of any other, the future that is
 * returned fails with the very same error as the last attempt's, and to cancel it is to end the
 * call: a wait is not continued, and the future of an attempt in flight is cancelled.
 */
public final class GuavaRetry {

  private GuavaRetry() {}

  /**
   * Retries a call that takes no token.
   *
   * @param <T> what the future results in
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return a future that completes with the call, or the first attempt's own
   */
  public static <T extends @Nullable Object> ListenableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      AsyncCall<? extends ListenableFuture<? extends T>> call) {
    return retry(runtime, policy, null, call);
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
  public static <T extends @Nullable Object> ListenableFuture<T> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends ListenableFuture<? extends T>> call) {
    return retry(runtime, policy, token == null ? CancellationToken.none() : token, call);
  }

  /** A future is only read, so that one of a subtype will do. */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object> ListenableFuture<T> retry(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends ListenableFuture<? extends T>> call) {
    return (ListenableFuture<T>)
        ListenedFuture.<T, ListenableFuture<? extends T>>retry(
            runtime, policy, token, call, ListenableFuture::addListener, Retried::new);
  }

  private static final class Retried<T extends @Nullable Object> extends ListenedFuture<T>
      implements ListenableFuture<T> {

    Retried(CompletableFuture<T> future) {
      super(future);
    }
  }
}
