package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a call that its {@link Upstream} did not admit before its first attempt. {@link
 * GiveUpReason} is one of these:
 *
 * <ul>
 *   <li>{@link GiveUpReason#HELD_BACK}: it has waited for too long, or too many calls wait already;
 *   <li>{@link GiveUpReason#RETRY_AFTER_TOO_LONG}: the provider asked for a pause that is longer
 *       than {@code maxRetryAfter};
 *   <li>{@link GiveUpReason#DEADLINE}: it could not begin before the deadline;
 *   <li>{@link GiveUpReason#BUDGET_EXHAUSTED}: all of its {@link Routes} are closed.
 * </ul>
 *
 * <p>The cause is the failure with which the provider pushed back, if it is known.
 *
 * <p>Also thrown by a call whose last attempt timed out while a nested call waited for its
 * upstream. It is then suppressed in the {@link CancelledException} of the nested call.
 */
public final class HeldBackException extends RuntimeException implements LlmFailure {

  private static final long serialVersionUID = 1;

  /** The rest of the pause, or null if there is none. */
  private final @Nullable Duration retryAfter;

  /**
   * Creates an exception.
   *
   * @param message the method and the upstream
   * @param retryAfter the rest of the pause, or null if there is none
   * @param pushback the failure with which the provider pushed back, or null
   */
  public HeldBackException(
      String message, @Nullable Duration retryAfter, @Nullable Throwable pushback) {
    super(message, pushback);
    this.retryAfter = retryAfter;
  }

  @Override
  public FailureKind kind() {
    return FailureKind.RATE_LIMITED;
  }

  @Override
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
