package dev.llmretry.providers;

import com.openai.errors.OpenAIServiceException;
import dev.llmretry.providers.internal.Json;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Map;
import java.util.Set;

/** Reads the exceptions of openai-java, for OpenAI and compatible servers. */
public final class OpenAiExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenAiExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("com.openai.errors.OpenAIServiceException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, OpenAIServiceException.class)
        .status(e -> e.statusCode())
        .headers(e -> e.headers().names(), (e, name) -> e.headers().values(name))
        .message(e -> Json.write(e.body().convert(Map.class)))
        .message(e -> e.getMessage())
        .collected();
  }
}
