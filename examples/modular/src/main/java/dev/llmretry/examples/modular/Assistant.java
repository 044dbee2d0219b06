package dev.llmretry.examples.modular;

import dev.llmretry.LlmRetry;

/** A client, as far as callers see it. */
interface Assistant {

  /**
   * Answers a question.
   *
   * @throws OverloadedException if the provider has no capacity
   */
  @LlmRetry(max = 3, baseDelayMs = 10)
  String answer(String question) throws OverloadedException;
}
