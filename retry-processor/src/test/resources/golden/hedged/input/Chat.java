package acme.hedged;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamCallback;
import dev.llmretry.runtime.CancellationToken;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A type whose hedges apply to the methods that can make two attempts at once. */
@SuppressWarnings("all")
@LlmRetry(hedgeAfterMs = 1500, attemptTimeoutMs = 30_000)
public interface Chat {

  String blocking(String request);

  CompletableFuture<String> future(String request);

  Flow.Publisher<String> publisher(String request, CancellationToken cancel);

  Mono<String> mono(String request);

  Flux<String> flux(String request, CancellationToken cancel);

  void observed(String request, @StreamCallback Flow.Subscriber<String> subscriber);

  @LlmRetry(hedgeAfterMs = 500)
  CompletableFuture<String> untimed(String request);
}
