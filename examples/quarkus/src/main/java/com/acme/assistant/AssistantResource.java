package com.acme.assistant;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/")
public class AssistantResource {

  private final ChatClient client;

  AssistantResource(ChatClient client) {
    this.client = client;
  }

  @GET
  @Path("/ask")
  public String ask(@RestQuery String question) {
    return client.answer(question);
  }

  /** If the browser goes away, Quarkus cancels the subscription, and that the provider's request. */
  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<String> stream(@RestQuery String question) {
    return Multi.createFrom().publisher(client.stream(question));
  }
}
