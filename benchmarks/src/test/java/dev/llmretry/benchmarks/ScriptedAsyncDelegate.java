package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** As {@link ScriptedDelegate}, without blocking. */
final class ScriptedAsyncDelegate implements AsyncDelegate {

  private final ScriptedDelegate script;

  ScriptedAsyncDelegate(int failures, IOException error) {
    script = new ScriptedDelegate(failures, error);
  }

  @Override
  public CompletableFuture<String> complete(String prompt) {
    try {
      return CompletableFuture.completedFuture(script.complete(prompt));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletableFuture<String> complete(String prompt, CancellationToken cancel) {
    return complete(prompt);
  }

  int calls() {
    return script.calls();
  }
}
