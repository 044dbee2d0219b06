package dev.llmretry.runtime.internal.stream;

/**
 * Receives the signals of a retried stream, one at a time.
 *
 * @param <E> the elements
 */
public interface Downstream<E> {

  /** Receives an element. */
  void onNext(E element);

  /** Receives the terminal signal of a stream that has completed. */
  void onComplete();

  /** Receives the terminal signal of a stream that has failed. */
  void onError(Throwable error);

  /**
   * Returns whether an exception that this downstream throws is signalled to it as the terminal
   * error.
   */
  default boolean receivesOwnFailure() {
    return false;
  }
}
