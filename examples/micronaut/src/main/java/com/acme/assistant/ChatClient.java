package com.acme.assistant;

import dev.llmretry.LlmRetry;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.sse.Event;
import org.reactivestreams.Publisher;

/** The provider's API. Micronaut implements it, and {@link Retries} wraps that. */
@Client("provider")
@Produces(MediaType.TEXT_PLAIN)
public interface ChatClient {

  @Post("/answers")
  @Consumes(MediaType.TEXT_PLAIN)
  @LlmRetry(name = "answer", max = 3, baseDelayMs = 200, attemptTimeoutMs = 60_000)
  String answer(@Body String question);

  /** Each subscription is retried until its first element. */
  @Post("/streams")
  @Consumes(MediaType.TEXT_EVENT_STREAM)
  @LlmRetry(name = "stream", max = 3, baseDelayMs = 200)
  Publisher<Event<String>> stream(@Body String question);
}
