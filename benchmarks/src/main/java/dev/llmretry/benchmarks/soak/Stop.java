package dev.llmretry.benchmarks.soak;

/** How a call is stopped. */
enum Stop {
  NOT,
  /** Its token is cancelled before it begins. */
  BEFORE,
  /** Its token is cancelled by the first attempt. */
  IN_ATTEMPT,
  /** Its token is cancelled by another thread, at any time. */
  BY_TOKEN,
  /** Another thread interrupts its thread, or cancels its future or subscription. */
  BY_CALLER
}
