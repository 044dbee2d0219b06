package dev.llmretry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Implemented by an exception that represents an HTTP response, which LlmRetry then classifies.
 *
 * <p>The exception's message is examined, too, unless the error code or type determines the kind.
 * It may be, or contain, the body of the response. The methods are called on the thread on which
 * the attempt failed, possibly several times, and should not throw. If one does, its value counts
 * as absent.
 */
public interface HttpFailure {

  /**
   * {@return the HTTP status} A status below 400 means that the error was in the body or the
   * stream.
   */
  int statusCode();

  /**
   * {@return the response's headers} Names are compared without regard to case, so {@code
   * HttpResponse.headers().map()} of {@code java.net.http} is suitable.
   */
  default Map<String, List<String>> headers() {
    return Map.of();
  }

  /** {@return the provider's error code, such as {@code insufficient_quota}, or null} */
  default @Nullable String errorCode() {
    return null;
  }

  /** {@return the provider's error type, such as {@code overloaded_error}, or null} */
  default @Nullable String errorType() {
    return null;
  }
}
