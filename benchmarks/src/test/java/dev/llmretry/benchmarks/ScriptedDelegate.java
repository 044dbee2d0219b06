package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails so many calls, then answers; counts them. */
final class ScriptedDelegate implements Delegate {

  private final int failures;
  private final IOException error;
  private final AtomicInteger calls = new AtomicInteger();

  ScriptedDelegate(int failures, IOException error) {
    this.failures = failures;
    this.error = error;
  }

  @Override
  public String complete(String prompt) throws IOException {
    if (calls.incrementAndGet() <= failures) {
      throw error;
    }
    return prompt;
  }

  @Override
  public String complete(String prompt, CancellationToken cancel) throws IOException {
    return complete(prompt);
  }

  int calls() {
    return calls.get();
  }
}
