package dev.llmretry.benchmarks.waiting;

/**
 * What is asked, and when. Attempts of one call come one after the other, so this needs no lock;
 * read it after the call.
 */
final class Question {

  private long firstNanos;
  private long secondNanos;
  private boolean asked;
  private boolean askedAgain;

  /** Notes that an attempt has begun; returns whether it is not the first. */
  boolean ask() {
    long now = System.nanoTime();
    if (asked) {
      secondNanos = now;
      askedAgain = true;
    } else {
      firstNanos = now;
      asked = true;
    }
    return askedAgain;
  }

  boolean isAskedAgain() {
    return askedAgain;
  }

  /** Returns the time between the two attempts, in nanoseconds. */
  long gapNanos() {
    return secondNanos - firstNanos;
  }
}
