package com.acme.assistant;

import dev.llmretry.LlmRetry;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The provider's API. Quarkus implements it, and {@link Retries} wraps that. */
@RegisterRestClient(configKey = "provider")
@Consumes(MediaType.TEXT_PLAIN)
public interface ChatClient {

  @POST
  @Path("/answers")
  @LlmRetry(name = "answer", max = 3, baseDelayMs = 200, attemptTimeoutMs = 60_000)
  String answer(String question);

  /** Each subscription is retried until its first element. */
  @LlmRetry(name = "stream", max = 3, baseDelayMs = 200)
  default Flow.Publisher<String> stream(String question) {
    return open(question);
  }

  /** One attempt: REST clients can return streams of Mutiny only. */
  @POST
  @Path("/streams")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  Multi<String> open(String question);
}
