package acme.futures;

import dev.llmretry.LlmRetry;
import dev.llmretry.NoRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

@LlmRetry
public interface Futures<K> {
  CompletableFuture<String> plain(String request);

  CompletionStage<List<String>> stage(String request);

  CompletableFuture<String> withToken(String request, CancellationToken cancel);

  @LlmRetry(deadlineMs = 30_000, attemptTimeoutMs = 10_000)
  CompletableFuture<Void> timed(CancellationToken cancel, K key);

  CompletableFuture<? extends Number> wildcard(int... numbers);

  <T extends Comparable<T>, X extends Exception> CompletableFuture<T> generic(T request)
      throws IOException, X;

  CompletionStage<?> runtime(String delegate, String runtime, String attempt);

  <T extends CancellationToken> CompletableFuture<K> ownToken(T token);

  @SuppressWarnings("rawtypes")
  CompletableFuture raw(String request) throws InterruptedException, IOException;

  @NoRetry
  CompletableFuture<String> once(String request);
}
