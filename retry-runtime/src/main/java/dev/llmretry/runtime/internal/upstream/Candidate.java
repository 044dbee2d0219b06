package dev.llmretry.runtime.internal.upstream;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.upstream.SharedUpstream.Admission;
import org.jspecify.annotations.Nullable;

/** A call that asks to begin an attempt. */
public interface Candidate {

  /** Returns the settings of the call. */
  RetryPolicy policy();

  /** Returns whether the call chooses one of several upstreams for each attempt. */
  default boolean isRouted() {
    return false;
  }

  /**
   * Enqueues the call, without blocking, until its next attempt may begin.
   *
   * @param waiter is notified if the call has to wait
   * @return the outcome
   */
  Admission requestAdmission(Waiter waiter);

  /**
   * An upstream has refused the call after it has waited: it may ask another, or again.
   *
   * @param waiter the waiter of the call
   * @return the outcome; {@link Admission#REFUSED} if the call ends
   */
  default Admission onRefused(Waiter waiter) {
    return Admission.REFUSED;
  }

  /** Returns the kind of the latest failure at the same upstream, or null if there is none. */
  @Nullable FailureKind lastFailureKind();

  /**
   * Returns whether the provider pushed the latest attempt back, if it was at the same upstream.
   */
  boolean wasPushedBack();

  /**
   * Returns what {@link SharedUpstream#pushedBack} returned for the latest attempt, if it was
   * pushed back; else 0.
   */
  int lastClosing();

  /** Returns what {@link #onAdmitted} received for the latest attempt, or null. */
  @Nullable Ticket lastTicket();

  /** Returns how long the call has waited for turns at the same upstream before, in nanoseconds. */
  long waitedForTurnsNanos();

  /** Returns the rest of the deadline in nanoseconds, or the largest {@code long}. */
  long remainingNanos();

  /**
   * Receives the proof of admission, before the waiter is notified.
   *
   * @param ticket null if nothing limits attempts
   */
  void onAdmitted(@Nullable Ticket ticket);
}
