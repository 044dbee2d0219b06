package acme.typeuse;

import org.jspecify.annotations.NonNull;

interface Queue<@NonNull E> {
  boolean offer(@NonNull E element);
}
