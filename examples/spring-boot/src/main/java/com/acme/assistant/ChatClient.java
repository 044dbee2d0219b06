package com.acme.assistant;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.spring.RetryingBean;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;
import reactor.core.publisher.Flux;

/** The provider's API. Spring implements it, and the starter wraps that into RetryingChatClient. */
@RetryingBean
public interface ChatClient {

  /** The attempt sends an idempotency key. */
  @PostExchange("/answers")
  @LlmRetry(name = "answer", max = 3, baseDelayMs = 200, attemptTimeoutMs = 60_000)
  String answer(@RequestBody String question, Attempt attempt);

  @PostExchange(url = "/streams", accept = "text/event-stream")
  @LlmRetry(name = "stream", max = 3, baseDelayMs = 200)
  Flux<String> stream(@RequestBody String question);
}
