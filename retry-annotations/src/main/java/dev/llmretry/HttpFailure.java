package dev.llmretry;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Implemented by an exception that stands for an HTTP response, and leaves it to the retry to
 * decide what the response means.
 *
 * <p>The exception's own message is read too, where status and codes leave it open. The methods are
 * called on the thread on which the attempt has failed, possibly several times, and should not
 * throw; one that does is treated as if it had nothing to say.
 */
public interface HttpFailure {

  /** {@return the HTTP status} Below 400, the error came in the body or the stream. */
  int statusCode();

  /**
   * {@return the response's headers} Names are compared without regard to case, so {@code
   * HttpResponse.headers().map()} of {@code java.net.http} will do.
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
