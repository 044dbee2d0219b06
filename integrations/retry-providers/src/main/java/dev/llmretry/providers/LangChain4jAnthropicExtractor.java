package dev.llmretry.providers;

import dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;

/**
 * Reads the exceptions that langchain4j-anthropic creates from error events inside a stream, whose
 * response has the status 200.
 */
public final class LangChain4jAnthropicExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public LangChain4jAnthropicExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("dev.langchain4j.model.anthropic.internal.api.AnthropicStreamingException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, AnthropicStreamingException.class)
        .status(e -> 200)
        .type(e -> e.type())
        .message(e -> e.getMessage())
        .collected();
  }
}
