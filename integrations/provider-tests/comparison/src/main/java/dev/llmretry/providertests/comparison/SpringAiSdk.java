package dev.llmretry.providertests.comparison;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring AI's model for Ollama. It streams without retries. */
final class SpringAiSdk implements Sdk {

  /** Else other SDKs' HTTP clients, which are on the class path here, would be taken. */
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Override
  public String name() {
    return "spring-ai-ollama";
  }

  @Override
  public Dialect dialect() {
    return new OllamaDialect();
  }

  @Override
  public Chat connect(URI url, boolean ownRetries) {
    OllamaChatModel.Builder builder =
        OllamaChatModel.builder()
            .ollamaApi(
                OllamaApi.builder()
                    .baseUrl(url.toString())
                    .restClientBuilder(
                        RestClient.builder().requestFactory(new JdkClientHttpRequestFactory(HTTP)))
                    .webClientBuilder(
                        WebClient.builder().clientConnector(new JdkClientHttpConnector(HTTP)))
                    .build());
    if (!ownRetries) {
      builder.retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)));
    }
    return new Client(builder.build());
  }

  private record Client(ChatModel model) implements Chat {

    @Override
    public String ask(String question) {
      return text(model.call(new Prompt(question)));
    }

    @Override
    public void stream(String question, Consumer<String> pieces) {
      model.stream(new Prompt(question))
          .map(Client::text)
          .filter(piece -> !piece.isEmpty())
          .doOnNext(pieces)
          .blockLast();
    }

    private static String text(ChatResponse response) {
      @Nullable String text = response.getResults().get(0).getOutput().getText();
      return text == null ? "" : text;
    }
  }
}
