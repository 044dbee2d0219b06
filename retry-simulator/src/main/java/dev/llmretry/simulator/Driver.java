package dev.llmretry.simulator;

/** How callers make their calls. Results do not depend on it. */
public enum Driver {
  /** Calls return futures; all run on one thread. For up to a million callers. */
  FUTURES,
  /** Each caller has a thread of its own, and its calls block it. For up to 10,000 callers. */
  BLOCKING
}
