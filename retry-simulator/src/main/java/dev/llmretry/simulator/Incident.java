package dev.llmretry.simulator;

/**
 * Something that happens to a provider at a certain time.
 *
 * @param kind what happens
 * @param start the time, in seconds
 * @param duration how long it lasts, in seconds
 * @param factor the capacity in the meantime
 */
record Incident(Kind kind, double start, double duration, double factor) {

  enum Kind {
    OUTAGE,
    HANG,
    CAPACITY,
    CONNECTION_LOSS
  }

  /** Whether no request is answered. */
  boolean isDown() {
    return kind == Kind.OUTAGE || kind == Kind.HANG;
  }

  double end() {
    return start + duration;
  }
}
