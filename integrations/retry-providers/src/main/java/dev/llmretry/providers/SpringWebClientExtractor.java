package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Reads the exceptions of Spring's {@code WebClient}. Where an answer that began well could not be
 * read, they have its status; what happened, the cause tells.
 */
public final class SpringWebClientExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public SpringWebClientExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("org.springframework.web.reactive.function.client.WebClientResponseException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, WebClientResponseException.class)
        .status(e -> e.getStatusCode().isError() ? e.getStatusCode().value() : 0)
        .headers(e -> headers(e))
        .code(e -> ErrorBody.code(e.getResponseBodyAsString()))
        .type(e -> ErrorBody.type(e.getResponseBodyAsString()))
        .message(e -> e.getResponseBodyAsString())
        .message(e -> e.getMessage())
        .collected();
  }

  /** In version 6 the headers are a map, and are none in 7: what both have is this. */
  private static Map<String, List<String>> headers(WebClientResponseException error) {
    Map<String, List<String>> map = new HashMap<>();
    error.getHeaders().forEach((name, values) -> map.put(name, values));
    return map;
  }
}
