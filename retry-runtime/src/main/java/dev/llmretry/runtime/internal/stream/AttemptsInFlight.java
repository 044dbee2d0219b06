package dev.llmretry.runtime.internal.stream;

import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call that are in flight: none, one, or one and its hedge. Changed in the serial
 * section, read by any thread.
 *
 * @param <E> the elements
 */
final class AttemptsInFlight<E> {

  /** The only one, or the slow one of two. */
  private volatile @Nullable StreamAttempt<E> attempt;

  private volatile @Nullable StreamAttempt<E> hedge;

  /** Makes an attempt the only one. */
  void set(StreamAttempt<E> only) {
    attempt = only;
    hedge = null;
  }

  /** Adds a hedge to the only attempt. */
  void addHedge(StreamAttempt<E> added) {
    hedge = added;
  }

  void remove(StreamAttempt<E> ended) {
    if (ended == attempt) {
      attempt = null;
    } else if (ended == hedge) {
      hedge = null;
    }
  }

  boolean contains(StreamAttempt<E> from) {
    return from == attempt || from == hedge;
  }

  boolean isAlone(StreamAttempt<E> from) {
    return from == attempt && hedge == null;
  }

  /** Returns the attempt beside one that is in flight, or null. */
  @Nullable StreamAttempt<E> beside(StreamAttempt<E> from) {
    return from == attempt ? hedge : attempt;
  }

  /**
   * Requests what the downstream still waits for; see {@link StreamAttempt#requestOwed}.
   *
   * @param wanted how many elements
   */
  void requestUpTo(long wanted) {
    StreamAttempt<E> first = attempt;
    StreamAttempt<E> second = hedge;
    if (first != null) {
      first.requestUpTo(wanted);
    }
    if (second != null) {
      second.requestUpTo(wanted);
    }
  }

  /** Makes the requests that are owed, outside of the serial section. */
  void requestOwed() {
    StreamAttempt<E> first = attempt;
    StreamAttempt<E> second = hedge;
    if (first != null) {
      first.requestOwed();
    }
    if (second != null) {
      second.requestOwed();
    }
  }

  /** Cancels all. */
  void cancel() {
    StreamAttempt<E> first = attempt;
    StreamAttempt<E> second = hedge;
    attempt = null;
    hedge = null;
    if (first != null) {
      first.abandon();
    }
    if (second != null) {
      second.abandon();
    }
  }
}
