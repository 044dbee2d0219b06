package dev.llmretry.reactor;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.async.AsyncCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Retries calls that return a {@link Mono} or a {@link Flux}, until the first element.
 *
 * <pre>{@code
 * Flux<Chunk> answer =
 *     ReactorRetry.flux(runtime, policy, token, attempt -> client.stream(question, attempt));
 * }</pre>
 *
 * <p>Nothing happens before subscription, and each subscription is a retried call of its own. An
 * attempt calls, and subscribes to what that returns, in the {@linkplain
 * reactor.util.context.Context context} of the subscriber. What it throws, returns as null, or
 * signals before its first element is retried. After that nothing is: what has been handed on is
 * never repeated. A sequence that completes without an element has a result.
 *
 * <p>Of a {@code Flux}, elements that the policy calls a {@linkplain RetryPolicy.Builder#preamble
 * preamble} do not count as long as no other has come: they are held back until then, or until the
 * sequence completes, and dropped where the attempt is retried. For each of them one more element
 * is asked for than there is demand; and one before there is any. Other than that, demand is passed
 * on as it is.
 *
 * <p>What is returned ends
 *
 * <ul>
 *   <li>as the last attempt does; with an error, that is the very same object, and carries a {@link
 *       dev.llmretry.runtime.RetryTrace};
 *   <li>with {@link dev.llmretry.runtime.CancelledException} as soon as the call's token or the
 *       runtime's is cancelled: before the first attempt, in a wait, in an attempt, or between
 *       elements that have been handed on;
 *   <li>with {@link dev.llmretry.runtime.AttemptTimeoutException} where the last attempt has run
 *       out of time. An attempt's time-out, and the deadline, bound what can be retried: the time
 *       until its first element, or the end if there is none.
 * </ul>
 *
 * <p>To cancel the subscription ends the call without a signal; to listeners it is one more
 * cancellation. They hear of a success when the sequence completes, and of a {@code Mono} with its
 * element.
 *
 * <p>No thread is blocked. The first attempt is made by the thread that subscribes. If the runtime
 * has the system's clock, waits and time-outs are those of {@link
 * reactor.core.scheduler.Schedulers#parallel}, which later attempts are made on, so that virtual
 * time in tests works (one that follows without a wait is made on the thread on which the failure
 * arrived); deadlines are measured by the clock of the runtime all the same. With any other clock,
 * or an executor that was set, later attempts are made by the runtime's {@linkplain
 * RetryRuntime#executor executor}.
 *
 * <p>An error that a retry further inside has given up on is not retried again, unless the policy
 * says so; that is known as long as the error arrives on the thread that signalled it. What Reactor
 * takes for fatal, such as an {@link OutOfMemoryError}, it throws instead of signalling it.
 */
public final class ReactorRetry {

  private ReactorRetry() {}

  /**
   * Retries a call that takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return what makes one retried call for each subscriber; to be subscribed to by any thread
   */
  public static <T> Mono<T> mono(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Mono<? extends T>> call) {
    return RetriedSequence.single(runtime, policy, null, call);
  }

  /**
   * Retries a call that takes a token: its attempt's own, which is cancelled when the attempt is
   * given up, and cut off from the call's when it is over.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the calls; null for none
   * @param call makes an attempt each time it is called
   * @return what makes one retried call for each subscriber; to be subscribed to by any thread
   */
  public static <T> Mono<T> mono(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Mono<? extends T>> call) {
    return RetriedSequence.single(runtime, policy, token, call);
  }

  /**
   * Retries a call that takes no token.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param call makes an attempt each time it is called
   * @return what makes one retried call for each subscriber; to be subscribed to by any thread
   */
  public static <T> Flux<T> flux(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Flux<? extends T>> call) {
    return RetriedSequence.many(runtime, policy, null, call);
  }

  /**
   * Retries a call that takes a token: its attempt's own, which is cancelled when the attempt is
   * given up, and cut off from the call's when it is over.
   *
   * @param <T> the elements
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token cancels the calls; null for none
   * @param call makes an attempt each time it is called
   * @return what makes one retried call for each subscriber; to be subscribed to by any thread
   */
  public static <T> Flux<T> flux(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall.Cancellable<? extends Flux<? extends T>> call) {
    return RetriedSequence.many(runtime, policy, token, call);
  }
}
