package dev.llmretry.providertests.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks with openai-java. */
final class OpenAiClient implements ChatClient {

  private final OpenAIClient client;

  OpenAiClient(URI url, Duration timeout) {
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .timeout(timeout)
            .maxRetries(0)
            .build();
  }

  @Override
  public String ask(String question) {
    return text(client.chat().completions().create(params(question)));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return client
        .async()
        .chat()
        .completions()
        .create(params(question))
        .thenApply(OpenAiClient::text);
  }

  @Override
  public Stream<String> askStreaming(String question) {
    StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params(question));
    return response.stream()
        .map(chunk -> chunk.choices().get(0).delta().content().orElse(""))
        .filter(piece -> !piece.isEmpty())
        .onClose(response::close);
  }

  private static ChatCompletionCreateParams params(String question) {
    return ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage(question).build();
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().get(0).message().content().orElseThrow();
  }

  @Override
  public void close() {
    client.close();
  }
}
