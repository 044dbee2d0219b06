package dev.llmretry.runtime.classification;

import dev.llmretry.FailureKind;

/** What one exception of a chain says, and how much that counts against what its causes say. */
record Verdict(Failure failure, Weight weight) {

  /** In rising order: of two verdicts on a chain of causes the weightier one stands. */
  enum Weight {
    /** No kind; at most a status or a wait. */
    SILENT,
    /** A class that wraps much else, such as a plain {@code IOException}. */
    GENERIC,
    /**
     * A provider answered, but nobody knows what it means; so it is no broken connection either.
     */
    ANSWERED,
    /** Only the HTTP status told the kind. */
    BY_STATUS,
    /** Told by the exception itself, the provider's own words or a class with one meaning. */
    DEFINITE
  }

  static Verdict definite(FailureKind kind, String reason) {
    return new Verdict(Failure.of(kind, reason), Weight.DEFINITE);
  }

  static Verdict generic(FailureKind kind, String reason) {
    return new Verdict(Failure.of(kind, reason), Weight.GENERIC);
  }

  /** Returns whether no cause and no other source need be asked for the kind. */
  boolean isDefinite() {
    return weight == Weight.DEFINITE;
  }

  /** Returns whether this is at most a wait, and its reason no reason for anything. */
  boolean isEmpty() {
    return weight == Weight.SILENT && failure.statusCode() == 0;
  }

  /**
   * Returns whether this verdict, found on the same exception or deeper down, replaces an earlier
   * one. A status is only replaced by what tells more about the very same answer.
   */
  boolean replaces(Verdict earlier) {
    if (earlier.weight == Weight.BY_STATUS && weight == Weight.DEFINITE) {
      return failure.statusCode() == earlier.failure.statusCode();
    }
    return weight.compareTo(earlier.weight) > 0;
  }
}
