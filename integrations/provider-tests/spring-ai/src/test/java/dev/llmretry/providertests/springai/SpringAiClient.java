package dev.llmretry.providertests.springai;

import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;

/** Asks with Spring AI's model for Ollama. */
final class SpringAiClient implements ChatClient {

  private final ChatModel model;

  SpringAiClient(URI url, Duration timeout) {
    SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
    requests.setReadTimeout(timeout);
    JdkClientHttpConnector connector = new JdkClientHttpConnector(HttpClient.newHttpClient());
    connector.setReadTimeout(timeout);
    model =
        Models.of(
            OllamaApi.builder()
                .baseUrl(url.toString())
                .restClientBuilder(RestClient.builder().requestFactory(requests))
                .webClientBuilder(WebClient.builder().clientConnector(connector))
                .build());
  }

  @Override
  public String ask(String question) {
    return model.call(new Prompt(question)).getResult().getOutput().getText();
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return pieces(question).collectList().map(pieces -> String.join("", pieces)).toFuture();
  }

  /** An error waits for its turn as a signal: else it would overtake pieces not yet read. */
  @Override
  public Stream<String> askStreaming(String question) {
    return pieces(question)
        .materialize()
        .toStream()
        .takeWhile(signal -> !signal.isOnComplete())
        .map(SpringAiClient::next);
  }

  private static String next(Signal<String> signal) {
    if (signal.isOnError()) {
      throw Exceptions.propagate(signal.getThrowable());
    }
    return signal.get();
  }

  private Flux<String> pieces(String question) {
    return model.stream(new Prompt(question))
        .mapNotNull(chunk -> chunk.getResult().getOutput().getText())
        .filter(piece -> !piece.isEmpty());
  }

  @Override
  public void close() {}
}
