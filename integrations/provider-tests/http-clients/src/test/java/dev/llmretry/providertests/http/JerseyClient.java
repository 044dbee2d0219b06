package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks with Jersey, a client of Jakarta REST. */
final class JerseyClient implements ChatClient {

  private final Client client;
  private final WebTarget target;

  JerseyClient(URI url, Duration timeout) {
    client =
        ClientBuilder.newBuilder()
            .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    target = client.target(url).path(Wire.PATH);
  }

  @Override
  public String ask(String question) {
    return Wire.text(target.request().post(body(question), String.class));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return target
        .request()
        .rx()
        .post(body(question), String.class)
        .thenApply(Wire::text)
        .toCompletableFuture();
  }

  @Override
  public Stream<String> askStreaming(String question) {
    return Wire.pieces(target.request().post(body(question), InputStream.class));
  }

  private static Entity<String> body(String question) {
    return Entity.json(Wire.request(question));
  }

  @Override
  public void close() {
    client.close();
  }
}
