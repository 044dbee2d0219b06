package dev.llmretry.conformance;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * An attempt that is a retried call itself.
 *
 * @param wrapper thrown instead of the terminal error of the inner call; null for none
 */
record NestedStep(Step innermost, RetryPolicy policy, RuntimeException wrapper) implements Step {

  @Override
  public String run(TestEnvironment environment, CancellationToken token) throws IOException {
    try {
      return Retry.call(
          environment.runtime(), policy, token, attempt -> innermost.run(environment, token));
    } catch (IOException e) {
      if (wrapper != null) {
        throw wrapper;
      }
      throw e;
    }
  }

  @Override
  public CompletableFuture<String> begin(TestEnvironment environment, CancellationToken token) {
    CompletableFuture<String> inner =
        AsyncRetry.call(
            environment.runtime(),
            policy,
            token,
            each -> innermost.begin(environment, each.token()));
    return wrapper == null
        ? inner
        : inner.exceptionally(
            error -> {
              throw wrapper;
            });
  }
}
