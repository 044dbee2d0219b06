package com.acme.assistant;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.reactivestreams.Publisher;

@Controller
class AssistantController {

  private final ChatClient client;

  AssistantController(ChatClient client) {
    this.client = client;
  }

  @Get("/ask")
  @Produces(MediaType.TEXT_PLAIN)
  @ExecuteOn(TaskExecutors.BLOCKING)
  String ask(@QueryValue String question) {
    return client.answer(question);
  }

  /** If the browser goes away, Micronaut cancels the subscription, and that the call. */
  @Get("/stream")
  @Produces(MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> stream(@QueryValue String question) {
    return client.stream(question);
  }
}
