package dev.llmretry.providertests.comparison;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamCallback;
import java.util.function.Consumer;

/** What each SDK implements. As many attempts and as long a first wait as most SDKs have. */
public interface Chat {

  /** Returns the answer. */
  @LlmRetry(max = 2, baseDelayMs = 500)
  String ask(String question);

  /** Hands on the answer piece by piece, without empty pieces, and returns when it is complete. */
  @LlmRetry(max = 2, baseDelayMs = 500)
  void stream(String question, @StreamCallback Consumer<String> pieces);
}
