package dev.llmretry.providertests.comparison;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.net.URI;
import java.util.function.Consumer;

/** openai-java. */
final class OpenAiSdk implements Sdk {

  @Override
  public String name() {
    return "openai-java";
  }

  @Override
  public Dialect dialect() {
    return new OpenAiDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().baseUrl(url + "/v1").apiKey("sk-test");
    return new Client(ownRetries ? builder.build() : builder.maxRetries(0).build());
  }

  private record Client(OpenAIClient sdk) implements Chat {

    @Override
    public String ask(String question) {
      return sdk.chat()
          .completions()
          .create(params(question))
          .choices()
          .get(0)
          .message()
          .content()
          .orElseThrow();
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      try (StreamResponse<ChatCompletionChunk> response =
          sdk.chat().completions().createStreaming(params(question))) {
        response.stream()
            .map(chunk -> chunk.choices().get(0).delta().content().orElse(""))
            .filter(piece -> !piece.isEmpty())
            .forEach(pieces);
      }
    }

    private static ChatCompletionCreateParams params(String question) {
      return ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage(question).build();
    }
  }
}
