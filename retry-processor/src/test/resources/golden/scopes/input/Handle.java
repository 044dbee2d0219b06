package acme.scopes;

import java.util.stream.Stream;

interface Handle<E> extends AutoCloseable {
  Stream<E> elements();

  <T> T unwrap(Class<T> type, E element);

  @Override
  void close();
}
