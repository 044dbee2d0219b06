package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Asks with Spring's WebClient on Reactor Netty. */
final class SpringWebClient implements ChatClient {

  private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
      new ParameterizedTypeReference<>() {};

  private final WebClient client;

  SpringWebClient(URI url, Duration timeout) {
    HttpClient netty =
        HttpClient.create(ConnectionProvider.newConnection())
            .responseTimeout(timeout)
            .disableRetry(true); // else it sends a request again over a connection just reset
    client =
        WebClient.builder()
            .baseUrl(url.toString())
            .clientConnector(new ReactorClientHttpConnector(netty))
            .build();
  }

  @Override
  public String ask(String question) {
    return text(question).block();
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return text(question).toFuture();
  }

  private Mono<String> text(String question) {
    return request(question).bodyToMono(String.class).map(Wire::text);
  }

  /** An error waits for its turn as a signal: else it would overtake pieces not yet read. */
  @Override
  public Stream<String> askStreaming(String question) {
    return Wire.pieces(
        request(question)
            .bodyToFlux(EVENT)
            .map(event -> "data: " + event.data())
            .materialize()
            .toStream()
            .takeWhile(signal -> !signal.isOnComplete())
            .map(SpringWebClient::next));
  }

  private static String next(Signal<String> signal) {
    if (signal.isOnError()) {
      throw Exceptions.propagate(signal.getThrowable());
    }
    return signal.get();
  }

  private WebClient.ResponseSpec request(String question) {
    return client
        .post()
        .uri(Wire.PATH)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(Wire.request(question))
        .retrieve();
  }

  @Override
  public void close() {}
}
