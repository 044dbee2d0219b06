package dev.llmretry.benchmarks;

import dev.llmretry.FailureKind;
import java.io.IOException;

/** What is at the other end. None counts calls, which would overflow in a long run. */
interface Provider {

  String answer(String prompt) throws IOException;

  /** Answers at once. */
  final class Healthy implements Provider {

    @Override
    public String answer(String prompt) {
      return prompt;
    }
  }

  /** Lets other threads go first, as one does that waits for an answer. */
  final class Yielding implements Provider {

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // to be descheduled is all that it is for
    public String answer(String prompt) {
      Thread.yield();
      return prompt;
    }
  }

  /** Answers each prompt the third time it is asked, with a fresh exception before. */
  final class Flaky implements Provider {

    private static final int FAILURES = 2;

    private int failures;

    @Override
    public String answer(String prompt) throws IOException {
      if (failures == FAILURES) {
        failures = 0;
        return prompt;
      }
      failures++;
      throw new TransientChatException();
    }
  }

  /** Never answers: a fresh exception each time, which no retry can help. */
  final class Refusing implements Provider {

    @Override
    public String answer(String prompt) throws IOException {
      throw new ChatException(FailureKind.UNAUTHORIZED);
    }
  }
}
