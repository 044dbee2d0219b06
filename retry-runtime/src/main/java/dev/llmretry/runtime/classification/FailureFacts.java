package dev.llmretry.runtime.classification;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a provider said about a failure, before anybody judges it. All parts are optional.
 *
 * @param statusCode the HTTP status, or 0 where none is known
 * @param headers the response's headers; names are compared without regard to case
 * @param errorCode the provider's error code, such as {@code insufficient_quota}, or null
 * @param errorType the provider's error type, such as {@code overloaded_error}, or null
 * @param message the provider's message or the exception's, or null
 * @param retryAfter a wait that stands elsewhere than in headers and message, or null
 */
public record FailureFacts(
    int statusCode,
    Map<String, List<String>> headers,
    @Nullable String errorCode,
    @Nullable String errorType,
    @Nullable String message,
    @Nullable Duration retryAfter) {

  /**
   * Makes facts.
   *
   * @param statusCode the HTTP status, or 0 where none is known
   * @param headers the response's headers
   * @param errorCode the provider's error code, or null
   * @param errorType the provider's error type, or null
   * @param message the provider's message or the exception's, or null
   * @param retryAfter a wait that stands elsewhere than in headers and message, or null
   */
  public FailureFacts {
    Objects.requireNonNull(headers, "headers");
  }

  /**
   * {@return facts of a response with no more than a status and headers}
   *
   * @param statusCode the HTTP status
   * @param headers the response's headers
   */
  public static FailureFacts ofResponse(int statusCode, Map<String, List<String>> headers) {
    return new FailureFacts(statusCode, headers, null, null, null, null);
  }
}
