package dev.llmretry.providertests.springai;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;

final class Models {

  private Models() {}

  /** Returns a model that does not retry by itself: in this version, Ollama's never does. */
  static ChatModel of(OllamaApi api) {
    return OllamaChatModel.builder().ollamaApi(api).build();
  }
}
