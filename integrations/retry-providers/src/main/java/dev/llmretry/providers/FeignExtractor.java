package dev.llmretry.providers;

import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import feign.FeignException;
import feign.RetryableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Feign's exceptions. If there was no response, or a successful one that could not be
 * decoded, there is no error status, and the cause determines the kind. The cause of a {@code
 * RetryableException} may be the response's exception, which is then read instead; its {@code
 * retryAfter} is a time of the system clock, used if the headers have none.
 */
public final class FeignExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public FeignExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("feign.FeignException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    Throwable answer = error.getCause() instanceof FeignException ? error.getCause() : error;
    return Facts.of(answer, FeignException.class)
        .status(e -> e.status() < 300 ? 0 : e.status())
        .headers(e -> headers(e))
        .message(e -> e.contentUTF8().isEmpty() ? null : e.contentUTF8())
        .message(e -> e.getMessage())
        .retryAfter(e -> error instanceof RetryableException retryable ? wait(retryable) : null)
        .collected();
  }

  private static Map<String, List<String>> headers(FeignException error) {
    Map<String, List<String>> headers = new HashMap<>();
    error.responseHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    return headers;
  }

  private static @Nullable Duration wait(RetryableException error) {
    Long time = error.retryAfter();
    return time == null ? null : Duration.ofMillis(time - System.currentTimeMillis());
  }
}
