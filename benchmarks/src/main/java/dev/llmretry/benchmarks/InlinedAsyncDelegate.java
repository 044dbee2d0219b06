package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.util.concurrent.CompletableFuture;

/** As {@link InlinedDelegate}, without blocking. */
record InlinedAsyncDelegate(AsyncProvider provider) implements AsyncDelegate {

  @Override
  public CompletableFuture<String> complete(String prompt) {
    return provider.answer(prompt);
  }

  @Override
  public CompletableFuture<String> complete(String prompt, CancellationToken cancel) {
    return provider.answer(prompt);
  }
}
