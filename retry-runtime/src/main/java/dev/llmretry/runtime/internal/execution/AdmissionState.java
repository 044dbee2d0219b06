package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.internal.upstream.Candidate;
import dev.llmretry.runtime.internal.upstream.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * How a call was admitted by its upstream, and how long it waited for that. An object of its own,
 * since most calls need none, and very many may wait at once.
 */
sealed class AdmissionState permits RouteSelection {

  /** See {@link Candidate#lastTicket}. */
  @Nullable Ticket ticket;

  /** See {@link Candidate#lastClosing}. */
  int lastClosing;

  /** How many pushbacks in succession have used up no retry. */
  int freeRetries;

  /** Whether the attempt that is being handled is a hedge. */
  boolean isHedge;

  /** How long the call has waited for the upstream, as far as that has been reported. */
  long waitedNanos;

  /** See {@link Candidate#waitedForTurnsNanos}. */
  long turnNanos;
}
