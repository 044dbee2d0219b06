package acme.siblings;

import java.util.List;

interface Reader {
  <T> T read(Class<T> type);

  <T> List<? extends T> all(Class<T> type);

  <X extends Exception> void check(Class<X> type) throws X;
}
