package com.acme;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.Map;
import org.springframework.ai.ollama.api.OllamaApi;

/** What snippets use without declaring it. */
class Given {
  final String key = "key";
  final OllamaApi api = null;
  final String name = "model";
  final ChatRequest request = new ChatRequest("Hello");
  final CancellationToken cancel = CancellationToken.none();
  final CancellationToken token = CancellationToken.none();
  final CancellationSource shutdown = new CancellationSource();
  final ChatClient delegate = new HttpChatClient(key);
  final ChatClient client = delegate;
  final RetryPolicy policy = RetryPolicy.builder("com.acme.Ask").build();
  final RetryRuntime runtime = RetryRuntime.standard();
  final RetryListener metrics = new RetryListener() {};
  final Exception exception = new ProviderException(429, Map.of(), "slow down");

  /** Fails twice, as an overloaded provider does, then answers. */
  final ChatClient failing = new FailingChatClient(2);
}
