package dev.llmretry.providers;

import com.azure.core.exception.HttpResponseException;
import dev.llmretry.providers.internal.Json;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the exceptions of azure-core, the base of all Azure clients, for Azure OpenAI. A JSON body
 * is available as maps.
 */
public final class AzureExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public AzureExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("com.azure.core.exception.HttpResponseException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, HttpResponseException.class)
        .status(e -> e.getResponse().getStatusCode())
        .headers(
            e ->
                e.getResponse().getHeaders().stream()
                    .collect(Collectors.toMap(h -> h.getName(), h -> h.getValuesList())))
        .message(e -> Json.write(e.getValue()))
        .message(e -> e.getMessage())
        .collected();
  }
}
