package dev.llmretry.reactor;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Retries calls that return a {@link Mono} or a {@link Flux}, until the first element.
 *
 * <pre>{@code
 * Flux<Chunk> answer =
 *     ReactorRetry.flux(runtime, policy, token, attempt -> client.stream(question, attempt.token()));
 * }</pre>
 *
 * <p>The call is made when the sequence is subscribed to, and anew for each subscriber. An attempt
 * makes the call and subscribes to what it returns, in the {@linkplain reactor.util.context.Context
 * context} of the subscriber. It fails if the call throws or returns null, or if an error is
 * signalled before the first element; it is then retried. After the first element, the call is not
 * retried, so no element is repeated. A sequence without elements is a result.
 *
 * <p>The {@linkplain RetryPolicy.Builder#preamble preamble} of a {@code Flux} is held back until
 * the first element of content, or until a sequence without content completes; the preamble of a
 * failed attempt is dropped. Demand is passed to the publisher of the attempt; one more element is
 * requested for each that is held back.
 *
 * <p>If the policy has {@linkplain RetryPolicy.Builder#hedgeAfter hedges}, a second attempt is made
 * beside one that is slow, in the same context. The first element of content, or completion, wins;
 * the subscription to the other attempt is cancelled.
 *
 * <p>The returned sequence ends
 *
 * <ul>
 *   <li>as the last attempt does; an error is the same object, and carries a {@link
 *       dev.llmretry.runtime.RetryTrace};
 *   <li>with {@link dev.llmretry.runtime.CancelledException} as soon as the call's token or the
 *       runtime's is cancelled: before the first attempt, during a delay or an attempt, or between
 *       elements;
 *   <li>with {@link dev.llmretry.runtime.AttemptTimeoutException} if the last attempt has timed
 *       out. Attempt time-outs and the deadline apply until the first element of content, or until
 *       completion if there is none.
 * </ul>
 *
 * <p>Cancelling the subscription ends the call without a signal; listeners are notified that it was
 * cancelled. They are notified of a success when the sequence completes, and for a {@code Mono} at
 * its element.
 *
 * <p>No thread is blocked. The first attempt is made by the thread that subscribes. With the
 * system's clock, delays, time-outs and hedges are timed by {@link
 * reactor.core.scheduler.Schedulers#parallel}, and later attempts and hedges are made there, so
 * that virtual time in tests works. Deadlines are always measured by the clock of the runtime. With
 * any other clock, or if an executor was set, later attempts and hedges are made by the runtime's
 * {@linkplain RetryRuntime.Builder#executor executor}.
 *
 * <p>An error on which a nested retry has exhausted its attempts is not retried again, unless the
 * policy has {@link dev.llmretry.Nested#RETRY}; it is recognised if it arrives on the thread that
 * signalled it.
 *
 * <p>Errors that Reactor considers fatal, such as a {@link LinkageError}, end the call, too:
 * whether an attempt throws one, or an operator between this sequence and its subscriber, it is
 * signalled to the subscriber.
 *
 * <p>Elements that are not emitted go to the {@linkplain Flux#doOnDiscard discard hook}: of a
 * preamble that is dropped, of an attempt that is cancelled, and those that still wait for demand
 * when the subscription is cancelled; not those that the policy's check rejects. Errors of attempts
 * that were cancelled are ignored. What an attempt signals after its end goes to the hooks for
 * dropped signals.
 *
 * <p>The methods, and the sequences they return, are safe for use by several threads.
 */
public final class ReactorRetry {

  private ReactorRetry() {}

  /**
   * Retries a call.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a sequence that makes one retried call for each subscriber
   */
  public static <T> Mono<T> mono(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Mono<? extends T>> call) {
    return RetrySequence.single(runtime, policy, null, call);
  }

  /**
   * Retries a call that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a sequence that makes one retried call for each subscriber
   */
  public static <T> Mono<T> mono(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Mono<? extends T>> call) {
    return RetrySequence.single(runtime, policy, token, call);
  }

  /**
   * Retries a call.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param call begins an attempt each time it is called
   * @return a sequence that makes one retried call for each subscriber
   */
  public static <T> Flux<T> flux(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<? extends Flux<? extends T>> call) {
    return RetrySequence.many(runtime, policy, null, call);
  }

  /**
   * Retries a call that a token cancels.
   *
   * @param <T> the elements
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call begins an attempt each time it is called
   * @return a sequence that makes one retried call for each subscriber
   */
  public static <T> Flux<T> flux(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends Flux<? extends T>> call) {
    return RetrySequence.many(runtime, policy, token, call);
  }
}
