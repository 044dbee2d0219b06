package dev.llmretry.examples.modular;

import dev.llmretry.runtime.FailedAttempt;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryRuntime;

/** Asks a provider that is overloaded twice. */
public final class Main {

  private Main() {}

  /**
   * Prints each retry, and the answer.
   *
   * @throws OverloadedException if the provider stays overloaded
   */
  public static void main(String[] args) throws OverloadedException {
    RetryRuntime runtime = RetryRuntime.builder().listener(new Printer()).build();
    Assistant assistant = new RetryingAssistant(new Busy(), runtime);
    System.out.println(assistant.answer("What is a module?"));
  }

  private static final class Busy implements Assistant {

    private int calls;

    @Override
    public String answer(String question) throws OverloadedException {
      calls++;
      if (calls <= 2) {
        throw new OverloadedException();
      }
      return question + " Code with a name, that says what it needs.";
    }
  }

  private static final class Printer implements RetryListener {

    @Override
    public void onRetry(RetryEvent event, FailedAttempt attempt) {
      System.out.println("attempt " + attempt.number() + ": " + attempt.failure().kind());
    }
  }
}
