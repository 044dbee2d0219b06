package dev.llmretry.runtime;

import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.internal.execution.AsynchronousResults;
import org.jspecify.annotations.Nullable;

/**
 * Retries blocking calls without a generated wrapper.
 *
 * <pre>{@code
 * Answer answer = Retry.call(policy, token, attempt -> client.ask(question, attempt.token()));
 * }</pre>
 *
 * <p>An interrupt during a delay ends the call with {@link CancelledException}; the thread's
 * interrupt flag is set.
 *
 * <p>A call that returns a future or a publisher fails after it has returned, when it would not be
 * retried: such a result is refused with an {@link IllegalArgumentException}, which names what to
 * use instead, such as {@link AsyncRetry} or {@link PublisherRetry}. A stream or an iterator is
 * returned as it is; only opening it is retried.
 *
 * <p>The methods are safe for use by several threads.
 */
public final class Retry {

  private Retry() {}

  /**
   * Retries a call until an attempt returns, its retries are exhausted, or it is cancelled, with
   * the {@linkplain RetryRuntime#standard standard} runtime.
   *
   * @param <T> the result
   * @param <X> the checked exception that the call throws; {@link RuntimeException} if none
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return the result of the first successful attempt, or of the last one if its check rejected it
   * @throws X the error of the last attempt
   * @throws CancelledException if the call is cancelled, or the thread is interrupted during a
   *     delay
   * @throws AttemptTimeoutException if the last attempt responded to its time-out with an
   *     interruption or cancellation
   * @throws HeldBackException if the {@link Upstream} of the runtime admits no first attempt in
   *     time
   * @throws IllegalArgumentException if the result of the attempt is a future, a publisher or the
   *     like, which would fail after the call has returned
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      RetryPolicy policy, @Nullable CancellationToken token, Call<T, X> call) throws X {
    return call(RetryRuntime.standard(), policy, token, call);
  }

  /**
   * Retries a call until an attempt returns, its retries are exhausted, or it is cancelled.
   *
   * @param <T> the result
   * @param <X> the checked exception that the call throws; {@link RuntimeException} if none
   * @param runtime clock, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return the result of the first successful attempt, or of the last one if its check rejected it
   * @throws X the error of the last attempt
   * @throws CancelledException if the call is cancelled, or the thread is interrupted during a
   *     delay
   * @throws AttemptTimeoutException if the last attempt responded to its time-out with an
   *     interruption or cancellation
   * @throws HeldBackException if the {@link Upstream} of the runtime admits no first attempt in
   *     time
   * @throws IllegalArgumentException if the result of the attempt is a future, a publisher or the
   *     like, which would fail after the call has returned
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token, Call<T, X> call)
      throws X {
    return policy.isTimed()
        ? callTimed(runtime, policy, token, call)
        : callUntimed(runtime, policy, token, call);
  }

  @SuppressWarnings("NullAway") // a rejected result has been assigned
  private static <T extends @Nullable Object, X extends Exception> T callUntimed(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token, Call<T, X> call)
      throws X {
    RetryLoop retries = RetryLoop.begin(runtime, policy, token);
    long startSequence = RetryLoop.sequence();
    Attempt attempt = RetryLoop.firstAttempt(retries, runtime, token);
    while (true) {
      T result = null;
      try {
        result = call.call(attempt);
        check(policy, result);
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, policy, token, startSequence);
        }
        if (!retries.awaitRetry(e)) {
          if (RetryLoop.isRejected(policy, e)) {
            return result;
          }
          throw e;
        }
        attempt = retries.nextAttempt(attempt);
        continue;
      }
      AsynchronousResults.refuse(policy.name(), result);
      if (retries != null) {
        retries.succeeded();
      }
      return result;
    }
  }

  /** An asynchronous result, which is refused, has not arrived yet. */
  private static void check(RetryPolicy policy, @Nullable Object result) {
    if (policy.hasCheck() && !AsynchronousResults.isAsynchronous(result)) {
      RetryLoop.check(policy, result);
    }
  }

  @SuppressWarnings("NullAway") // a rejected result has been assigned
  private static <T extends @Nullable Object, X extends Exception> T callTimed(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token, Call<T, X> call)
      throws X {
    RetryLoop retries = RetryLoop.beginTimed(runtime, policy, token);
    while (true) {
      Attempt attempt = retries.beginAttempt();
      T result = null;
      try {
        result = call.call(attempt);
        check(policy, result);
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          if (RetryLoop.isRejected(policy, e)) {
            return result;
          }
          throw e;
        }
        continue;
      } finally {
        retries.endAttempt();
      }
      AsynchronousResults.refuse(policy.name(), result);
      retries.succeeded();
      return result;
    }
  }

  /**
   * A blocking call, made once for each attempt.
   *
   * @param <T> the result
   * @param <X> the checked exception that it throws; inferred as {@link RuntimeException} if none
   */
  @FunctionalInterface
  public interface Call<T extends @Nullable Object, X extends Exception> {

    /**
     * Makes an attempt.
     *
     * @param attempt the attempt, with its own token; it should end soon after the token is
     *     cancelled
     * @return the result
     * @throws X if the attempt fails
     */
    T call(Attempt attempt) throws X;
  }
}
