package dev.llmretry.providers;

import dev.langchain4j.exception.HttpException;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;

/**
 * Reads LangChain4j's {@code HttpException}, the cause of its other exceptions. It has the status
 * and, as its message, the body. LangChain4j drops the headers before it creates the exception.
 */
public final class LangChain4jExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public LangChain4jExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("dev.langchain4j.exception.HttpException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, HttpException.class)
        .status(e -> e.statusCode())
        .message(e -> e.getMessage())
        .collected();
  }
}
