package dev.llmretry.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Receives the events of retried calls, for metrics, traces and logs. The events of one call arrive
 * one after another, in this order:
 *
 * <ol>
 *   <li>for each attempt {@link #onWaited} if it had to wait for its {@link Upstream}, then {@link
 *       #onAttemptStarted} and {@link #onAttemptEnded}, and {@link #onRetry} if a retry is to
 *       follow;
 *   <li>at the end {@link #onSuccess} or {@link #onGiveUp}.
 * </ol>
 *
 * <p>A hedge begins before the attempt beside it has ended. Either may end first; one that is
 * abandoned because the other has won ends as {@link dev.llmretry.FailureKind#CANCELLED}.
 *
 * <p>A call that ends before its first attempt has only the last of them, and the waits before. An
 * {@link Error} that a blocking method throws, or that is thrown instead of returning a future, is
 * not reported: neither the attempt nor the call then has an end.
 *
 * <p>The methods are called on the thread on which the event occurs: the caller's, one of an
 * attempt, or one that cancels. They must not block. An exception of a listener is logged and
 * otherwise ignored. Implementations must be safe for use by several threads.
 */
public interface RetryListener {

  /**
   * A call has waited for its {@link Upstream} to admit an attempt, which begins now unless the
   * call ends. Its own delay, which {@link #onRetry} reports, is not included. If it has waited for
   * the budget and then for its turn, both waits are reported, in this order.
   *
   * @param event the call, and its latest attempt; {@link RetryEvent#attempt} is 0 before the first
   * @param cause what it has waited for
   * @param time how long, by the clock of the runtime; positive
   */
  default void onWaited(RetryEvent event, WaitCause cause, Duration time) {}

  /**
   * An attempt begins.
   *
   * @param event the call and the attempt
   */
  default void onAttemptStarted(RetryEvent event) {}

  /**
   * An attempt ended: it returned a result, failed, or was abandoned because the call ended. An
   * attempt that emits elements ends with its last element.
   *
   * @param event the call and the attempt; {@link RetryEvent#attemptDuration} is its duration
   * @param failed how the attempt failed; null if it returned a result. An attempt that was
   *     abandoned has the kind {@link dev.llmretry.FailureKind#CANCELLED}, and as its error the
   *     terminal error of the call
   */
  default void onAttemptEnded(RetryEvent event, @Nullable FailedAttempt failed) {}

  /**
   * An attempt failed and will be retried after {@link FailedAttempt#delay}, unless the call is
   * cancelled, its deadline passes, or its {@link Upstream} does not admit it.
   *
   * @param event the call and the failed attempt
   * @param failed the failed attempt, whose delay is not null
   */
  default void onRetry(RetryEvent event, FailedAttempt failed) {}

  /**
   * A call returned a result.
   *
   * @param event the call and its last attempt; {@link RetryEvent#attempt} is the number of
   *     attempts
   */
  default void onSuccess(RetryEvent event) {}

  /**
   * A call ends with an error.
   *
   * @param event the call and its last attempt
   * @param report the attempts, and why the call was not retried further
   * @param thrown the terminal error, as the caller receives it
   */
  default void onGiveUp(RetryEvent event, RetryReport report, Throwable thrown) {}
}
