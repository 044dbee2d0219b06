package dev.llmretry.providertests.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks with LangChain4j. Its streaming models retry nothing by themselves. */
final class LangChain4jClient implements ChatClient, StreamingClient {

  private final ChatModel model;
  private final StreamingChatModel streamingModel;

  private LangChain4jClient(ChatModel model, StreamingChatModel streamingModel) {
    this.model = model;
    this.streamingModel = streamingModel;
  }

  static LangChain4jClient ofOpenAi(URI url, Duration timeout) {
    return new LangChain4jClient(
        OpenAiChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("gpt-4o")
            .timeout(timeout)
            .maxRetries(0)
            .build(),
        OpenAiStreamingChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("gpt-4o")
            .timeout(timeout)
            .build());
  }

  static LangChain4jClient ofAnthropic(URI url, Duration timeout) {
    return new LangChain4jClient(
        AnthropicChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("claude-test")
            .timeout(timeout)
            .maxRetries(0)
            .build(),
        AnthropicStreamingChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("claude-test")
            .timeout(timeout)
            .build());
  }

  @Override
  public String ask(String question) {
    return model.chat(question);
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    throw new UnsupportedOperationException("LangChain4j has no futures");
  }

  @Override
  public Stream<String> askStreaming(String question) {
    Pieces pieces = new Pieces();
    streamingModel.chat(question, pieces);
    return pieces.stream();
  }

  @Override
  public void stream(String question, StreamingChatResponseHandler handler) {
    streamingModel.chat(question, handler);
  }

  @Override
  public void close() {}
}
