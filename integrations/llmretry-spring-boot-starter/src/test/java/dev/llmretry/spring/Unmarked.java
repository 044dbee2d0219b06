package dev.llmretry.spring;

import dev.llmretry.LlmRetry;

/** Has a wrapper, but is not marked; nor is it public. */
interface Unmarked {

  @LlmRetry(max = 1)
  String ask();

  /** Nested. */
  @RetryingBean
  interface Nested {

    @LlmRetry(max = 1)
    String ask();
  }
}
