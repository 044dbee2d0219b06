package dev.llmretry.providertests.comparison;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * LangChain4j with its own client for OpenAI. Its streaming models never retry, and take an error
 * event without a name for a chunk without content.
 */
final class LangChain4jSdk implements Sdk {

  @Override
  public String name() {
    return "LangChain4j";
  }

  @Override
  public Dialect dialect() {
    return new OpenAiDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder().baseUrl(url + "/v1").apiKey("sk-test").modelName("gpt-4o");
    StreamingChatModel streaming =
        OpenAiStreamingChatModel.builder()
            .baseUrl(url + "/v1")
            .apiKey("sk-test")
            .modelName("gpt-4o")
            .build();
    return new Client(ownRetries ? builder.build() : builder.maxRetries(0).build(), streaming);
  }

  private record Client(ChatModel model, StreamingChatModel streaming) implements Chat {

    @Override
    public String ask(String question) {
      return model.chat(question);
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      Handler handler = new Handler(pieces, new CompletableFuture<>());
      streaming.chat(question, handler);
      handler.end().join();
    }
  }

  private record Handler(Consumer<String> pieces, CompletableFuture<ChatResponse> end)
      implements StreamingChatResponseHandler {

    @Override
    public void onPartialResponse(String piece) {
      pieces.accept(piece);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }
  }
}
