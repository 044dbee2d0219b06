package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** A call that asks to begin an attempt. */
public interface Candidate {

  /** Returns the settings of the call. */
  RetryPolicy policy();

  /** Returns the kind of the latest failure, or null before the first attempt. */
  @Nullable FailureKind lastFailureKind();

  /**
   * Returns what {@link SharedUpstream#pushedBack} returned for the latest attempt, if it was
   * pushed back; else 0.
   */
  int lastPushback();

  /** Returns what {@link #onAdmitted} received for the latest attempt, or null. */
  @Nullable Ticket lastTicket();

  /** Returns the rest of the deadline in nanoseconds, or the largest {@code long}. */
  long remainingNanos();

  /**
   * Receives the proof of admission, before the waiter is notified.
   *
   * @param ticket null if nothing limits attempts
   */
  void onAdmitted(@Nullable Ticket ticket);
}
