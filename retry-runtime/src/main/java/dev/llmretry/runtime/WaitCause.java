package dev.llmretry.runtime;

/** Why a call has waited for its {@link Upstream}, in addition to its own delays. */
public enum WaitCause {
  /** The provider had asked for a pause, or accepts attempts at a certain rate only. */
  RATE_LIMIT,
  /**
   * The {@linkplain UpstreamState#budget retry budget} was exhausted, or all {@linkplain Routes
   * routes} were closed.
   */
  RETRY_BUDGET
}
