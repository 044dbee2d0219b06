package dev.llmretry.providers;

import com.anthropic.errors.AnthropicServiceException;
import dev.llmretry.providers.internal.Json;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Map;
import java.util.Set;

/** Reads the exceptions of anthropic-java. */
public final class AnthropicExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public AnthropicExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("com.anthropic.errors.AnthropicServiceException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, AnthropicServiceException.class)
        .status(e -> e.statusCode())
        .headers(e -> e.headers().names(), (e, name) -> e.headers().values(name))
        .message(e -> Json.write(e.body().convert(Map.class)))
        .message(e -> e.getMessage())
        .collected();
  }
}
