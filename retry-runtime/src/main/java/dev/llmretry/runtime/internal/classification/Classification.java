package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;

/** What one exception of a chain says, and how much that counts against what its causes say. */
record Classification(Failure failure, Confidence confidence) {

  /** In rising order: of two verdicts on a chain of causes the weightier one stands. */
  enum Confidence {
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

  static Classification definite(FailureKind kind, String reason) {
    return new Classification(Failure.of(kind, reason), Confidence.DEFINITE);
  }

  static Classification generic(FailureKind kind, String reason) {
    return new Classification(Failure.of(kind, reason), Confidence.GENERIC);
  }

  /** What an exception or its extractor states. An unknown kind leaves the kind to others. */
  static Classification stated(Failure failure) {
    boolean known = failure.kind() != FailureKind.UNKNOWN;
    return new Classification(failure, known ? Confidence.DEFINITE : Confidence.SILENT);
  }

  /** Returns whether no cause and no other source need be asked for the kind. */
  boolean isDefinite() {
    return confidence == Confidence.DEFINITE;
  }

  /** Returns whether this is at most a wait, and its reason no reason for anything. */
  boolean isEmpty() {
    return confidence == Confidence.SILENT && failure.statusCode() == 0;
  }

  /**
   * Returns whether this verdict, found on the same exception or deeper down, replaces an earlier
   * one. A status is only replaced by what tells more about the very same answer.
   */
  boolean replaces(Classification earlier) {
    if (earlier.confidence == Confidence.BY_STATUS && confidence == Confidence.DEFINITE) {
      return failure.statusCode() == earlier.failure.statusCode();
    }
    return confidence.compareTo(earlier.confidence) > 0;
  }
}
