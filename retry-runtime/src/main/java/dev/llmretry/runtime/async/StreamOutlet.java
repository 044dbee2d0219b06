package dev.llmretry.runtime.async;

/**
 * Where a retried stream goes. Called in turn.
 *
 * @param <E> the elements
 */
interface StreamOutlet<E> {

  void next(E element);

  void completed();

  void failed(Throwable error);

  /** Returns whether it is told of an error that it has thrown itself, as the last thing. */
  boolean hearsOfItsOwnFailure();
}
