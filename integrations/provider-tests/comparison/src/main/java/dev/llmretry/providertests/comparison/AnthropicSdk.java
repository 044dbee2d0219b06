package dev.llmretry.providertests.comparison;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import java.net.URI;
import java.util.function.Consumer;

/** anthropic-java. */
final class AnthropicSdk implements Sdk {

  @Override
  public String name() {
    return "anthropic-java";
  }

  @Override
  public Dialect dialect() {
    return new AnthropicDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().baseUrl(url.toString()).apiKey("sk-ant-test");
    return new Client(ownRetries ? builder.build() : builder.maxRetries(0).build());
  }

  private record Client(AnthropicClient sdk) implements Chat {

    @Override
    public String ask(String question) {
      return sdk.messages().create(params(question)).content().get(0).text().orElseThrow().text();
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      try (StreamResponse<RawMessageStreamEvent> response =
          sdk.messages().createStreaming(params(question))) {
        response.stream()
            .flatMap(event -> event.contentBlockDelta().stream())
            .flatMap(block -> block.delta().text().stream())
            .forEach(delta -> pieces.accept(delta.text()));
      }
    }

    private static MessageCreateParams params(String question) {
      return MessageCreateParams.builder()
          .model("claude-test")
          .maxTokens(100)
          .addUserMessage(question)
          .build();
    }
  }
}
