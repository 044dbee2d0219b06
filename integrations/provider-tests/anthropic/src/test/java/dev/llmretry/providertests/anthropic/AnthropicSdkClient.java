package dev.llmretry.providertests.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks with anthropic-java. */
final class AnthropicSdkClient implements ChatClient {

  private final AnthropicClient client;

  AnthropicSdkClient(URI url, Duration timeout) {
    client =
        AnthropicOkHttpClient.builder()
            .baseUrl(url.toString())
            .apiKey("sk-ant-test")
            .timeout(timeout)
            .maxRetries(0)
            .build();
  }

  @Override
  public String ask(String question) {
    return text(client.messages().create(params(question)));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return client.async().messages().create(params(question)).thenApply(AnthropicSdkClient::text);
  }

  @Override
  public Stream<String> askStreaming(String question) {
    StreamResponse<RawMessageStreamEvent> response =
        client.messages().createStreaming(params(question));
    return response.stream()
        .map(AnthropicSdkClient::piece)
        .filter(piece -> !piece.isEmpty())
        .onClose(response::close);
  }

  private static MessageCreateParams params(String question) {
    return MessageCreateParams.builder()
        .model("claude-test")
        .maxTokens(100)
        .addUserMessage(question)
        .build();
  }

  private static String text(Message message) {
    return message.content().get(0).text().orElseThrow().text();
  }

  private static String piece(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .flatMap(block -> block.delta().text())
        .map(delta -> delta.text())
        .orElse("");
  }

  @Override
  public void close() {
    client.close();
  }
}
