package acme.scopes;

interface Listener<E> {
  void onElement(E element);

  default <X> X unwrap(Class<X> type, E element) {
    return type.cast(element);
  }
}
