package dev.llmretry.providertests.springai;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

final class Models {

  private Models() {}

  /** Returns a model that does not retry by itself. */
  static ChatModel of(OllamaApi api) {
    return OllamaChatModel.builder()
        .ollamaApi(api)
        .retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
        .build();
  }
}
