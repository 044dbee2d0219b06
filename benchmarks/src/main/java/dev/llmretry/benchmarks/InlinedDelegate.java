package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** So small that the compiler merges it with its caller, as no real client is. */
record InlinedDelegate(Provider provider) implements Delegate {

  @Override
  public String complete(String prompt) throws IOException {
    return provider.answer(prompt);
  }

  @Override
  public String complete(String prompt, CancellationToken cancel) throws IOException {
    return provider.answer(prompt);
  }
}
