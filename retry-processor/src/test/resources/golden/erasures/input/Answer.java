package acme.erasures;

/** What is not generic may override what is. */
@SuppressWarnings("unchecked")
interface Answer extends Event {
  @Override
  Class<Answer> type();
}
