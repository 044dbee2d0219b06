package dev.llmretry.benchmarks.callers.policies;

import dev.llmretry.LlmRetry;
import java.io.IOException;

/** What is called. The wrapper that LlmRetry generates has its default settings. */
@LlmRetry
public interface Chat {

  /**
   * Asks the provider something, and returns its answer.
   *
   * @throws IOException if it does not answer; clients also throw exceptions of their own
   */
  String ask() throws IOException, InterruptedException;
}
