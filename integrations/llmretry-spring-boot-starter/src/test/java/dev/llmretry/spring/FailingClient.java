package dev.llmretry.spring;

/** Fails some times, then answers. */
class FailingClient implements ChatClient {

  int attempts;
  private final int failures;

  FailingClient(int failures) {
    this.failures = failures;
  }

  @Override
  public String ask(String question) {
    if (++attempts <= failures) {
      throw new BusyException();
    }
    return "answer";
  }

  @Override
  public String askSlowly(String question) {
    return ask(question);
  }
}
