package dev.llmretry.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Retries a call without a generated wrapper, with the same semantics.
 *
 * <pre>{@code
 * Answer answer = Retry.call(policy, token, () -> client.ask(question));
 * }</pre>
 *
 * <p>An interrupted wait ends with {@link CancelledException} and the thread's interrupt flag set.
 */
public final class Retry {

  private Retry() {}

  /**
   * Calls {@code call} until it returns, gives up, or is cancelled, in the {@linkplain
   * RetryRuntime#standard standard} runtime.
   *
   * @param <T> what the call returns
   * @param <X> the checked exception that the call throws; {@link RuntimeException} if none
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return what the first successful attempt returns
   * @throws X what the last attempt throws, the very same object
   * @throws CancelledException if the call is cancelled before an attempt, or cancelled or
   *     interrupted during a wait
   * @throws AttemptTimeoutException if the last attempt answered its time-out with no more than an
   *     interruption or cancellation
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      RetryPolicy policy, @Nullable CancellationToken token, Call<T, X> call) throws X {
    return call(RetryRuntime.standard(), policy, token, call);
  }

  /**
   * As {@link #call(RetryPolicy, CancellationToken, Call)}, in the given runtime.
   *
   * @param <T> what the call returns
   * @param <X> the checked exception that the call throws; {@link RuntimeException} if none
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return what the first successful attempt returns
   * @throws X what the last attempt throws, the very same object
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      RetryRuntime runtime, RetryPolicy policy, @Nullable CancellationToken token, Call<T, X> call)
      throws X {
    return call(runtime, policy, token, attempt -> call.call());
  }

  /**
   * As {@link #call(RetryPolicy, CancellationToken, Call)}, for a call that takes a token: the
   * attempt's own, which is cancelled when the attempt runs out of time.
   *
   * @param <T> what the call returns
   * @param <X> the checked exception that the call throws; {@link RuntimeException} if none
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return what the first successful attempt returns
   * @throws X what the last attempt throws, the very same object
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      RetryPolicy policy, @Nullable CancellationToken token, CancellableCall<T, X> call) throws X {
    return call(RetryRuntime.standard(), policy, token, call);
  }

  /**
   * As {@link #call(RetryPolicy, CancellationToken, CancellableCall)}, in the given runtime.
   *
   * @param <T> what the call returns
   * @param <X> the checked exception that the call throws; {@link RuntimeException} if none
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @return what the first successful attempt returns
   * @throws X what the last attempt throws, the very same object
   */
  public static <T extends @Nullable Object, X extends Exception> T call(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      CancellableCall<T, X> call)
      throws X {
    return policy.isTimed()
        ? callTimed(runtime, policy, token, call)
        : callUntimed(runtime, policy, token, call);
  }

  private static <T extends @Nullable Object, X extends Exception> T callUntimed(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      CancellableCall<T, X> call)
      throws X {
    CancellationToken given = token == null ? CancellationToken.none() : token;
    boolean observed = RetryLoop.begin(runtime, policy, given);
    long begun = RetryLoop.now();
    RetryLoop retries = null;
    while (true) {
      try {
        T result = call.call(given);
        if (observed) {
          RetryLoop.succeeded(runtime, policy, retries);
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = new RetryLoop(runtime, policy, given, begun);
        }
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      }
    }
  }

  private static <T extends @Nullable Object, X extends Exception> T callTimed(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      CancellableCall<T, X> call)
      throws X {
    RetryLoop retries = RetryLoop.timed(runtime, policy, token);
    while (true) {
      CancellationToken attempt = retries.beginAttempt();
      try {
        T result = call.call(attempt);
        retries.succeeded();
        return result;
      } catch (Exception e) {
        if (!retries.awaitRetry(e)) {
          throw e;
        }
      } finally {
        retries.endAttempt();
      }
    }
  }

  /**
   * Something to be called, once for each attempt.
   *
   * @param <T> what it returns
   * @param <X> the checked exception it throws; inferred as {@link RuntimeException} if none
   */
  @FunctionalInterface
  public interface Call<T extends @Nullable Object, X extends Exception> {

    /**
     * Makes one attempt.
     *
     * @return the result of the attempt
     * @throws X if the attempt fails
     */
    T call() throws X;
  }

  /**
   * Something to be called with the attempt's token, once for each attempt.
   *
   * @param <T> what it returns
   * @param <X> the checked exception it throws; inferred as {@link RuntimeException} if none
   */
  @FunctionalInterface
  public interface CancellableCall<T extends @Nullable Object, X extends Exception> {

    /**
     * Makes one attempt, which should end soon after {@code attempt} has been cancelled.
     *
     * @param attempt the attempt's own token
     * @return the result of the attempt
     * @throws X if the attempt fails
     */
    T call(CancellationToken attempt) throws X;
  }
}
