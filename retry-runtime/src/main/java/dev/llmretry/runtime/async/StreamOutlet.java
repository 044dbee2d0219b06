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
}
