package dev.llmretry.benchmarks.callers.policies;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A hand-written client of OpenAI's API. */
final class HttpChat implements Chat {

  private static final String REQUEST =
      """
      {"model": "gpt-4o",
       "messages": [{"role": "user", "content": "Say hello in one short sentence."}]}
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpRequest request;

  HttpChat(URI url) {
    this(url, Duration.ofMinutes(10));
  }

  HttpChat(URI url, Duration timeout) {
    request =
        HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
            .timeout(timeout)
            .header("Authorization", "Bearer sk-test")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(REQUEST))
            .build();
  }

  /**
   * {@inheritDoc}
   *
   * @throws HttpStatusException if the status is not 200
   */
  @Override
  public String ask() throws IOException, InterruptedException {
    return body(http.send(request, BodyHandlers.ofString()));
  }

  CompletableFuture<String> askLater() {
    return http.sendAsync(request, BodyHandlers.ofString()).thenCompose(HttpChat::bodyLater);
  }

  private static CompletableFuture<String> bodyLater(HttpResponse<String> response) {
    try {
      return CompletableFuture.completedFuture(body(response));
    } catch (HttpStatusException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String body(HttpResponse<String> response) throws HttpStatusException {
    if (response.statusCode() != 200) {
      throw new HttpStatusException(response.statusCode(), response.headers().map());
    }
    return response.body();
  }
}
