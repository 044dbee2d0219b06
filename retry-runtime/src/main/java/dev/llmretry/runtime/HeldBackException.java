package dev.llmretry.runtime;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a call that could not make its first attempt: its {@link Upstream} is paused for longer
 * than the call may wait, or too many calls wait already. The cause is the failure with which the
 * provider pushed back, if it is known.
 *
 * <p>Also thrown by a call whose last attempt timed out while a call within it waited for its
 * upstream, and suppressed in the {@link CancelledException} of that inner call.
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
