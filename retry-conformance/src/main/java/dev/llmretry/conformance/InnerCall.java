package dev.llmretry.conformance;

import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import java.util.concurrent.CompletableFuture;

/**
 * An attempt that is a retried call itself, of another upstream.
 *
 * @param passesToken whether the call is cancelled by the token of the attempt
 */
record InnerCall(boolean passesToken) implements Step {

  private static final RetryPolicy POLICY = RetryPolicy.builder("inner").build();

  @Override
  public String run(TestEnvironment environment, CancellationToken token) {
    return Retry.<String, RuntimeException>call(
        environment.inner, POLICY, passesToken ? token : null, attempt -> "ok");
  }

  @Override
  public CompletableFuture<String> begin(TestEnvironment environment, CancellationToken token) {
    return AsyncRetry.call(
        environment.inner,
        POLICY,
        passesToken ? token : null,
        attempt -> CompletableFuture.completedFuture("ok"));
  }
}
