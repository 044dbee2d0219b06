package dev.llmretry.providertests.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Asks with java.net.http. The time-out of its requests ends with the headers, so the future needs
 * one too.
 */
final class JdkClient implements ChatClient {

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;
  private final Duration timeout;

  JdkClient(URI url, Duration timeout) {
    this.url = url.resolve(Wire.PATH);
    this.timeout = timeout;
  }

  @Override
  public String ask(String question) throws InterruptedException, ExecutionException {
    return askAsync(question).get();
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return client
        .sendAsync(request(question), BodyHandlers.ofString())
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(JdkClient::text);
  }

  private static String text(HttpResponse<String> response) {
    if (response.statusCode() >= 300) {
      throw new CompletionException(error(response, response.body()));
    }
    return Wire.text(response.body());
  }

  @Override
  public Stream<String> askStreaming(String question) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(request(question), BodyHandlers.ofInputStream());
    if (response.statusCode() >= 300) {
      try (InputStream body = response.body()) {
        throw error(response, new String(body.readAllBytes(), UTF_8));
      }
    }
    return Wire.pieces(response.body());
  }

  private static ApiException error(HttpResponse<?> response, String body) {
    return new ApiException(response.statusCode(), response.headers().map(), body);
  }

  private HttpRequest request(String question) {
    return HttpRequest.newBuilder(url)
        .timeout(timeout)
        .POST(BodyPublishers.ofString(Wire.request(question)))
        .build();
  }

  @Override
  public void close() {}
}
