package dev.llmretry.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event of a retried call, for a {@link RetryListener}: which call and attempt it belongs to,
 * and how long they have taken.
 *
 * <p>Instances are immutable and safe for use by several threads. Applications do not implement
 * this interface: methods may be added to it.
 */
public interface RetryEvent {

  /** {@return the {@linkplain RetryPolicy#name name} of the method} */
  String method();

  /**
   * {@return the identifier of the call, the same in all of its events} It is that of {@link
   * Attempt#callId}, created on first use.
   */
  String callId();

  /**
   * {@return the number of the attempt in progress, or else of the latest one; from 1} 0 before the
   * first attempt.
   */
  int attempt();

  /**
   * {@return whether that attempt is a hedge: a second one, with the same number, beside one that
   * is slow}
   */
  boolean isHedge();

  /** {@return the name of the {@linkplain Route route} of that attempt; null if there are none} */
  @Nullable String route();

  /** {@return whether that attempt takes another route than the first of them} */
  boolean isFallback();

  /**
   * {@return the time since the call began: attempts, delays, and waits for the upstream} Measured
   * by the clock of the runtime.
   */
  Duration callDuration();

  /**
   * {@return the time since the attempt began, or the time that it took if it has ended} Measured
   * by the clock of the runtime; zero if the call ended before its first attempt.
   */
  Duration attemptDuration();

  /**
   * {@return how long the call has waited for its {@link Upstream} so far, without its own delays}
   * {@link RetryListener#onWaited} reports each wait. Measured by the clock of the runtime.
   */
  Duration waitDuration();
}
