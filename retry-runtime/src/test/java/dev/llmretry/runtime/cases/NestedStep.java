package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.async.AsyncRetry;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * An attempt that is retried itself.
 *
 * @param wrapper what it throws in place of what the inner retry gives up on; null for none
 */
record NestedStep(Step innermost, RetryPolicy policy, RuntimeException wrapper) implements Step {

  @Override
  public String run(World world, CancellationToken token) throws IOException {
    try {
      return Retry.call(world.runtime(), policy, token, () -> innermost.run(world, token));
    } catch (IOException e) {
      if (wrapper != null) {
        throw wrapper;
      }
      throw e;
    }
  }

  @Override
  public CompletableFuture<String> begin(World world, CancellationToken token) {
    CompletableFuture<String> inner =
        AsyncRetry.call(world.runtime(), policy, token, each -> innermost.begin(world, each));
    return wrapper == null
        ? inner
        : inner.exceptionally(
            error -> {
              throw wrapper;
            });
  }
}
