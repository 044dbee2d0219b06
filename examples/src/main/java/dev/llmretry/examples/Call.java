package dev.llmretry.examples;

import dev.llmretry.examples.client.ChatRequest;
import dev.llmretry.examples.client.Embedding;
import dev.llmretry.examples.client.LlmClient;
import dev.llmretry.examples.client.Message;
import dev.llmretry.examples.client.ProviderException;
import dev.llmretry.runtime.CancellationToken;
import java.util.List;

/** The calls that the demo makes. */
enum Call {
  COMPLETE("complete") {
    @Override
    String on(LlmClient client, String model, CancellationToken cancel) throws ProviderException {
      ChatRequest request = ChatRequest.of(model, Message.user("Say hello in one short sentence."));
      return client.complete(request, cancel).message().content();
    }
  },
  EMBED("embed") {
    @Override
    String on(LlmClient client, String model, CancellationToken cancel) throws ProviderException {
      List<Embedding> embeddings = client.embed(List.of("hello", "world"), cancel);
      return embeddings.size() + " embeddings";
    }
  };

  private final String method;

  Call(String method) {
    this.method = method;
  }

  /** Returns the name of the method that is called. */
  String method() {
    return method;
  }

  /** Makes the call, and returns the answer in words. */
  abstract String on(LlmClient client, String model, CancellationToken cancel)
      throws ProviderException;
}
