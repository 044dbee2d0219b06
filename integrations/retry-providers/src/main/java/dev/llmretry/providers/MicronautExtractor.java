package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exception of Micronaut's HTTP clients. If a successful response could not be decoded,
 * it carries its status, which is ignored: the cause determines the kind.
 */
public final class MicronautExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public MicronautExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("io.micronaut.http.client.exceptions.HttpClientResponseException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, HttpClientResponseException.class)
        .status(e -> e.getResponse().code() < 300 ? 0 : e.getResponse().code())
        .headers(e -> headers(e))
        .message(e -> body(e))
        .message(e -> e.getMessage())
        .collected();
  }

  private static Map<String, List<String>> headers(HttpClientResponseException error) {
    Map<String, List<String>> map = new HashMap<>();
    error.getResponse().getHeaders().forEach((name, values) -> map.put(name, values));
    return map;
  }

  private static @Nullable String body(HttpClientResponseException error) {
    return error.getResponse().getBody(String.class).orElse(null);
  }
}
