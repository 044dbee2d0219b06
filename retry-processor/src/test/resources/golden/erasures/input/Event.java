package acme.erasures;

interface Event {
  <T extends Event> Class<T> type();
}
