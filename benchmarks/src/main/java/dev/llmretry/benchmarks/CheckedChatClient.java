package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import dev.llmretry.Rejection;
import dev.llmretry.ResultCheck;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** As {@link ChatClient}, with a check that accepts what the provider answers. */
interface CheckedChatClient {

  @LlmRetry(max = 3, baseDelayMs = 0, check = NotEmpty.class)
  String complete(String prompt) throws IOException;

  /** Rejects empty answers. */
  final class NotEmpty implements ResultCheck<String> {

    @Override
    public @Nullable Rejection check(String answer) {
      return answer.isEmpty() ? Rejection.of("the answer is empty") : null;
    }
  }
}
