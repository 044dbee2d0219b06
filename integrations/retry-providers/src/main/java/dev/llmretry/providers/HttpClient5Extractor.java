package dev.llmretry.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;
import org.apache.hc.client5.http.HttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exception that the response handlers of Apache HttpClient 5 throw. It has the status
 * and, since version 5.6, the body.
 */
public final class HttpClient5Extractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public HttpClient5Extractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("org.apache.hc.client5.http.HttpResponseException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, HttpResponseException.class)
        .status(e -> e.getStatusCode())
        .message(e -> body(e))
        .message(e -> e.getMessage())
        .collected();
  }

  private static @Nullable String body(HttpResponseException error) {
    byte[] content = error.getContentBytes();
    return content == null ? null : new String(content, UTF_8);
  }
}
