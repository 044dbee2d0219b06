package dev.llmretry.providers;

import com.google.api.gax.rpc.ApiException;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the exceptions of gax, the base of Google Cloud's clients, Vertex AI's included. */
public final class GaxExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public GaxExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("com.google.api.gax.rpc.ApiException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, ApiException.class)
        .type(e -> e.getStatusCode().getCode().name())
        .message(e -> e.getMessage())
        .retryAfter(e -> delay(e.getErrorDetails().getRetryInfo()))
        .collected();
  }

  private static java.time.@Nullable Duration delay(@Nullable RetryInfo info) {
    if (info == null) {
      return null;
    }
    Duration delay = info.getRetryDelay();
    return java.time.Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
  }
}
