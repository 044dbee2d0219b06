package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.internal.upstream.Candidate;
import dev.llmretry.runtime.internal.upstream.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * What a call and its upstream have had to do with each other. An object of its own, since most
 * calls need none, and very many may wait at once.
 */
sealed class UpstreamUse permits RouteUse {

  /** See {@link Candidate#lastTicket}. */
  @Nullable Ticket ticket;

  /** See {@link Candidate#lastPushback}. */
  int lastPushback;

  /** How many pushbacks in succession have used up no retry. */
  int freeRetries;

  /** Whether the attempt that is being handled is a hedge. */
  boolean isHedge;

  /** How long the call has waited for the upstream, as far as that has been reported. */
  long waitedNanos;

  /** See {@link Candidate#waitedForTurnsNanos}. */
  long turnNanos;
}
