package dev.llmretry.runtime.internal.classification;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.classification.Failure;

/**
 * The classification of one exception of a cause chain, and its confidence compared with those of
 * the causes.
 */
record Classification(Failure failure, Confidence confidence) {

  /**
   * In ascending order: of two classifications of a cause chain, the one with the higher confidence
   * wins.
   */
  enum Confidence {
    /** No kind; at most a status or a delay. */
    SILENT,
    /** By a class that wraps exceptions of other kinds, such as a plain {@code IOException}. */
    GENERIC,
    /** An unrecognised response of a provider, so not a network failure. */
    ANSWERED,
    /** By the HTTP status only. */
    BY_STATUS,
    /**
     * By the exception itself, the provider's error code or message, or a class with one meaning.
     */
    DEFINITE
  }

  static Classification definite(FailureKind kind, String reason) {
    return new Classification(Failure.of(kind, reason), Confidence.DEFINITE);
  }

  static Classification generic(FailureKind kind, String reason) {
    return new Classification(Failure.of(kind, reason), Confidence.GENERIC);
  }

  /**
   * Returns the classification by an exception itself or its extractor. {@code UNKNOWN} counts as
   * no kind.
   */
  static Classification stated(Failure failure) {
    boolean known = failure.kind() != FailureKind.UNKNOWN;
    return new Classification(failure, known ? Confidence.DEFINITE : Confidence.SILENT);
  }

  /** Returns whether no other source can change the kind. */
  boolean isDefinite() {
    return confidence == Confidence.DEFINITE;
  }

  /** Returns whether at most a class that wraps exceptions of other kinds determined the kind. */
  boolean isByGenericClass() {
    return confidence.compareTo(Confidence.GENERIC) <= 0;
  }

  /** Returns whether there is neither a kind nor a status. */
  boolean isEmpty() {
    return confidence == Confidence.SILENT && failure.statusCode() == 0;
  }

  /**
   * Returns whether this classification, of the same exception or a deeper cause, replaces an
   * earlier one. One by status is replaced only by one of the same response.
   */
  boolean replaces(Classification earlier) {
    if (earlier.confidence == Confidence.BY_STATUS && confidence == Confidence.DEFINITE) {
      return failure.statusCode() == earlier.failure.statusCode();
    }
    return confidence.compareTo(earlier.confidence) > 0;
  }
}
