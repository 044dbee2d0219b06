package acme.scopes;

import java.util.function.Function;

interface Converter<A, B> {
  B convert(A value);

  <V> Converter<A, V> andThen(Function<? super B, ? extends V> after);
}
