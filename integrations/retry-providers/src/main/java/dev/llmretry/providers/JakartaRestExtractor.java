package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the exceptions of Jakarta REST clients, which all are a {@code WebApplicationException}:
 * those of Jersey, RESTEasy, CXF, MicroProfile and Quarkus. If a successful response could not be
 * decoded, its status is ignored: the cause determines the kind. The body is buffered before it is
 * read, so that the application can also read it.
 */
public final class JakartaRestExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public JakartaRestExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("jakarta.ws.rs.WebApplicationException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, WebApplicationException.class)
        .status(e -> e.getResponse().getStatus() < 300 ? 0 : e.getResponse().getStatus())
        .headers(e -> headers(e))
        .message(e -> body(e))
        .message(e -> e.getMessage())
        .collected();
  }

  private static Map<String, List<String>> headers(WebApplicationException error) {
    Map<String, List<String>> map = new HashMap<>();
    error.getResponse().getStringHeaders().forEach((name, values) -> map.put(name, values));
    return map;
  }

  /** A response that was not received, but made by the application, has no stream to read. */
  private static @Nullable String body(WebApplicationException error) {
    Response response = error.getResponse();
    if (!response.hasEntity()) {
      return null;
    }
    if (response.bufferEntity()) {
      return response.readEntity(String.class);
    }
    return response.getEntity() instanceof String text ? text : null;
  }
}
