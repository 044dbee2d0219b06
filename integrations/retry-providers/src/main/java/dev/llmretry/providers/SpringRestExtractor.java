package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClientResponseException;

/** Reads the exceptions of Spring's {@code RestClient} and {@code RestTemplate}. */
public final class SpringRestExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public SpringRestExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("org.springframework.web.client.RestClientResponseException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, RestClientResponseException.class)
        .status(e -> e.getStatusCode().value())
        .headers(e -> headers(e))
        .message(e -> e.getResponseBodyAsString())
        .message(e -> e.getMessage())
        .collected();
  }

  /** {@code HttpHeaders} is a map in Spring 6, but not in 7; both have {@code forEach}. */
  private static Map<String, List<String>> headers(RestClientResponseException error) {
    Map<String, List<String>> map = new HashMap<>();
    HttpHeaders headers = error.getResponseHeaders();
    if (headers != null) {
      headers.forEach((name, values) -> map.put(name, values));
    }
    return map;
  }
}
