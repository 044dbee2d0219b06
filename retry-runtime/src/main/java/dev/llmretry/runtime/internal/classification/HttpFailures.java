package dev.llmretry.runtime.internal.classification;

import dev.llmretry.HttpFailure;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads an {@link HttpFailure}. If an accessor throws, only its own fact is missing. */
final class HttpFailures {

  private HttpFailures() {}

  static FailureFacts factsOf(HttpFailure failure, Throwable error) {
    return FailureFacts.builder()
        .statusCode(statusOf(failure))
        .headers(headersOf(failure))
        .errorCode(textOf(failure::errorCode))
        .errorType(textOf(failure::errorType))
        .message(textOf(error::getMessage))
        .build();
  }

  /** Returns the message, or null if there is none or {@code getMessage} throws. */
  static @Nullable String messageOf(Throwable error) {
    return textOf(error::getMessage);
  }

  private static int statusOf(HttpFailure failure) {
    try {
      return failure.statusCode();
    } catch (Throwable e) {
      return 0;
    }
  }

  private static Map<String, List<String>> headersOf(HttpFailure failure) {
    try {
      Map<String, List<String>> headers = failure.headers(); // may be null in user code
      return headers == null ? Map.of() : headers;
    } catch (Throwable e) {
      return Map.of();
    }
  }

  private static @Nullable String textOf(Supplier<@Nullable String> accessor) {
    try {
      return accessor.get();
    } catch (Throwable e) {
      return null;
    }
  }
}
