package dev.llmretry.providers.check;

import dev.llmretry.FailureKind;
import dev.llmretry.HttpFailure;
import dev.llmretry.Rejection;
import dev.llmretry.providers.internal.Json;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error that a provider reports in a response with HTTP 200, as the exception that would have
 * been thrown for an error status, so that it is classified by the same rules.
 */
final class EmbeddedError extends Exception implements HttpFailure {

  private static final long serialVersionUID = 1;

  private EmbeddedError(String body) {
    super(body, null, false, false);
  }

  /**
   * Returns the rejection of a response that contains an error, or null if there is none.
   *
   * @param error the member {@code error} as maps, lists and strings; or null
   */
  static @Nullable Rejection reject(@Nullable Object error) {
    String body =
        error instanceof Map<?, ?> map && !map.isEmpty()
            ? Json.write(Map.of("error", map))
            : error instanceof String text ? text : "";
    return body == null || body.isBlank() ? null : reject(new EmbeddedError(body));
  }

  private static Rejection reject(EmbeddedError error) {
    Failure failure = RetryRuntime.standard().classify(error);
    // The provider has answered, so the call was not cancelled here.
    FailureKind kind =
        failure.kind() == FailureKind.CANCELLED ? FailureKind.SERVER : failure.kind();
    return new Rejection(kind, failure.reason() + " in the response", failure.retryAfter());
  }

  @Override
  public int statusCode() {
    return 200;
  }
}
