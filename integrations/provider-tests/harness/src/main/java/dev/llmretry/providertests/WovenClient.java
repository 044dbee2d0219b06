package dev.llmretry.providertests;

import dev.llmretry.LlmRetry;
import dev.llmretry.StreamRetry;
import dev.llmretry.aspectj.RetryRuntimeProvider;
import dev.llmretry.providertests.client.ChatClient;
import dev.llmretry.runtime.RetryRuntime;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A class that is woven: it retries by itself, as the wrapper of {@link ChatClient} does. */
record WovenClient(ChatClient sdk, RetryRuntime retryRuntime)
    implements ChatClient, RetryRuntimeProvider {

  @Override
  @LlmRetry(max = 2, baseDelayMs = 100)
  public String ask(String question) throws Exception {
    return sdk.ask(question);
  }

  @Override
  @LlmRetry(max = 2, baseDelayMs = 100)
  public CompletableFuture<String> askAsync(String question) {
    return sdk.askAsync(question);
  }

  @Override
  @LlmRetry(max = 2, baseDelayMs = 100, stream = StreamRetry.UNTIL_FIRST_ELEMENT)
  public Stream<String> askStreaming(String question) throws Exception {
    return sdk.askStreaming(question);
  }

  @Override
  public void close() {
    sdk.close();
  }
}
