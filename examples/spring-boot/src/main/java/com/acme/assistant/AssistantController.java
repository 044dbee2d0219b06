package com.acme.assistant;

import dev.llmretry.runtime.Attempt;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

@RestController
class AssistantController {

  private final ChatClient client;

  AssistantController(ChatClient client) {
    this.client = client;
  }

  @GetMapping("/ask")
  String ask(@RequestParam String question) {
    return client.answer(question, Attempt.first());
  }

  /** If the browser goes away, Spring cancels the subscription, and that the provider's request. */
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<String> stream(@RequestParam String question) {
    return client.stream(question);
  }
}
