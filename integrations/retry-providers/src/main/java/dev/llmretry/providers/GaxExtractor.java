package dev.llmretry.providers;

import com.google.api.gax.rpc.ApiException;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;

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
        .code(e -> GoogleDetails.reason(e.getErrorDetails().getErrorInfo()))
        .message(e -> GoogleDetails.message(e.getMessage(), e.getErrorDetails().getQuotaFailure()))
        .message(e -> e.getMessage())
        .retryAfter(e -> GoogleDetails.delay(e.getErrorDetails().getRetryInfo()))
        .collected();
  }
}
