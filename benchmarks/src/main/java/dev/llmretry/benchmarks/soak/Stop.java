package dev.llmretry.benchmarks.soak;

/** How a call is stopped. */
enum Stop {
  NOT,
  /** Its token is cancelled before it begins. */
  BEFORE,
  /** Its token is cancelled by the first attempt. */
  IN_ATTEMPT,
  /** Its token is cancelled by another thread, whenever that comes to it. */
  BY_TOKEN,
  /** The thread is interrupted, the future or the subscription cancelled, by another thread. */
  BY_HAND
}
