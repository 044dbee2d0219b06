package dev.llmretry.providers;

import com.google.api.client.http.HttpResponseException;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;

/**
 * Reads the exception of Google's HTTP client, with which Vertex AI's credentials fetch their
 * tokens. It is an {@code IOException}: without this extractor, a refused token would be classified
 * as a network failure.
 */
public final class GoogleHttpExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public GoogleHttpExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("com.google.api.client.http.HttpResponseException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, HttpResponseException.class)
        .status(e -> e.getStatusCode())
        .headers(
            e -> e.getHeaders().keySet(), (e, name) -> e.getHeaders().getHeaderStringValues(name))
        .message(e -> e.getContent())
        .message(e -> e.getMessage())
        .collected();
  }
}
