package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Asks with Micronaut's client on that of the JDK, which has no streams. */
final class MicronautClient implements ChatClient {

  private final HttpClient client;
  private final URI url;

  MicronautClient(URI url, Duration timeout) {
    DefaultHttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
    configuration.setConnectTimeout(timeout);
    configuration.setReadTimeout(timeout);
    client = HttpClient.create(null, configuration);
    this.url = url.resolve(Wire.PATH);
  }

  @Override
  public String ask(String question) {
    return Wire.text(client.toBlocking().retrieve(request(question), String.class));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return Mono.from(client.retrieve(request(question), String.class)).map(Wire::text).toFuture();
  }

  @Override
  public Stream<String> askStreaming(String question) {
    throw new UnsupportedOperationException("it has no streams");
  }

  private HttpRequest<String> request(String question) {
    return HttpRequest.POST(url, Wire.request(question))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Override
  public void close() {
    client.close();
  }
}
