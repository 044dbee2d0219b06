package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Reads the exceptions of Spring's {@code WebClient}. If a successful response could not be
 * decoded, they carry its status, which is ignored: the cause determines the kind.
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
        .message(e -> e.getResponseBodyAsString())
        .message(e -> e.getMessage())
        .collected();
  }

  /** {@code HttpHeaders} is a map in Spring 6, but not in 7; both have {@code forEach}. */
  private static Map<String, List<String>> headers(WebClientResponseException error) {
    Map<String, List<String>> map = new HashMap<>();
    error.getHeaders().forEach((name, values) -> map.put(name, values));
    return map;
  }
}
