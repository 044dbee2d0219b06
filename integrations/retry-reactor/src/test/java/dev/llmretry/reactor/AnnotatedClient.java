package dev.llmretry.reactor;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a user writes. */
@LlmRetry(max = 3, baseDelayMs = 100)
interface AnnotatedClient {

  Mono<String> ask(String question);

  Flux<String> stream(String question, CancellationToken cancel);

  @LlmRetry(hedgeAfterMs = 100)
  Mono<String> hedged(String question, Attempt attempt);
}
