package dev.llmretry.redis;

import dev.llmretry.FailureKind;
import dev.llmretry.LlmFailure;
import dev.llmretry.runtime.AsyncRetry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Processes that call one provider: each is a runtime with a store, and so connections, of its own.
 * The provider accepts a number of requests a second.
 */
final class Fleet implements AutoCloseable {

  private static final RetryPolicy POLICY = RetryPolicy.builder("call").build();

  final AtomicInteger requests = new AtomicInteger();
  private final List<RedisUpstreamStore> stores = new ArrayList<>();
  private final List<RetryRuntime> runtimes = new ArrayList<>();
  private final double perSecond;
  private final double burst;
  private double bucket;
  private long filledAt = System.nanoTime();

  /** Creates a fleet, which shares nothing if {@code uri} is null. */
  Fleet(@Nullable String uri, int processes, double perSecond, double burst) {
    this.perSecond = perSecond;
    this.burst = burst;
    bucket = burst;
    for (int i = 0; i < processes; i++) {
      Upstream.Builder upstream = Upstream.builder("provider");
      if (uri != null) {
        RedisUpstreamStore store = RedisUpstreamStore.connect(uri);
        stores.add(store);
        upstream.store(store);
      }
      runtimes.add(RetryRuntime.builder().upstream(upstream.build()).build());
    }
  }

  Upstream upstream(int process) {
    return runtimes.get(process).upstream();
  }

  /** Begins calls, evenly distributed; each is answered after a millisecond. */
  List<CompletableFuture<String>> call(int calls) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      RetryRuntime runtime = runtimes.get(i % runtimes.size());
      answers.add(AsyncRetry.call(runtime, POLICY, attempt -> request()));
    }
    return answers;
  }

  private synchronized CompletableFuture<String> request() {
    requests.incrementAndGet();
    long now = System.nanoTime();
    bucket = Math.min(burst, bucket + (now - filledAt) * perSecond / 1e9);
    filledAt = now;
    if (bucket >= 1) {
      bucket--;
      return new CompletableFuture<String>().completeOnTimeout("answer", 1, TimeUnit.MILLISECONDS);
    }
    long wait = (long) ((1 - bucket) * 1e9 / perSecond);
    return CompletableFuture.failedFuture(new RateLimited(Duration.ofNanos(wait)));
  }

  @Override
  public void close() {
    stores.forEach(RedisUpstreamStore::close);
  }

  /** What the provider answers when its limit is exceeded. */
  private static final class RateLimited extends Exception implements LlmFailure {

    @Serial private static final long serialVersionUID = 1L;

    private final Duration wait;

    RateLimited(Duration wait) {
      super("429", null, true, false);
      this.wait = wait;
    }

    @Override
    public FailureKind kind() {
      return FailureKind.RATE_LIMITED;
    }

    @Override
    public Duration retryAfter() {
      return wait;
    }
  }
}
