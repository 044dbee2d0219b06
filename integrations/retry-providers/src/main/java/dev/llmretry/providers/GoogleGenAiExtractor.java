package dev.llmretry.providers;

import com.google.genai.errors.ApiException;
import com.google.genai.gaos.models.errors.GaosBaseException;
import dev.llmretry.runtime.classification.FailureExtractor;
import dev.llmretry.runtime.classification.FailureFacts;
import java.util.Set;

/**
 * Reads the exceptions of google-genai, for Gemini and Vertex AI. They have no headers; the
 * details, among them a retry delay, are at the end of the message. Those of the Interactions API
 * have headers and the body.
 */
public final class GoogleGenAiExtractor implements FailureExtractor {

  /** Called by {@link java.util.ServiceLoader}. */
  public GoogleGenAiExtractor() {}

  @Override
  public Set<String> exceptionClasses() {
    return Set.of("com.google.genai.errors.ApiException");
  }

  @Override
  public FailureFacts extract(Throwable error) {
    return Facts.of(error, ApiException.class)
        .status(e -> e.code())
        .headers(e -> ((GaosBaseException) e).headers().map())
        .type(e -> e.status())
        .message(e -> ((GaosBaseException) e).bodyAsString().orElse(null))
        .message(e -> e.message())
        .collected();
  }
}
