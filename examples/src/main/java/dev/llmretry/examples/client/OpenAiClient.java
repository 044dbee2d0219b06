package dev.llmretry.examples.client;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Registration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Speaks OpenAI's protocol, as many other providers do. It knows nothing of retries: it makes one
 * attempt, says precisely how that failed, and ends it when told to.
 */
public final class OpenAiClient implements LlmClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final URI baseUrl;
  private final String apiKey;
  private final Duration timeout;
  private final Capabilities capabilities;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  /** Makes a client for a provider that can do everything. */
  public OpenAiClient(URI baseUrl, String apiKey, Duration timeout) {
    this(baseUrl, apiKey, timeout, new Capabilities(true, true));
  }

  /**
   * Makes a client.
   *
   * @param baseUrl where {@code /chat/completions} is appended, such as {@code
   *     https://api.openai.com/v1}
   * @param timeout how long the provider may take to begin its answer
   * @param capabilities what this provider can do
   */
  public OpenAiClient(URI baseUrl, String apiKey, Duration timeout, Capabilities capabilities) {
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
    this.timeout = timeout;
    this.capabilities = capabilities;
  }

  @Override
  public String name() {
    return "OpenAI-compatible provider at " + baseUrl;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public ChatResponse complete(ChatRequest request, CancellationToken cancel)
      throws ProviderException {
    if (!request.tools().isEmpty() && !capabilities.tools()) {
      throw new UnsupportedException(name() + " has no tools");
    }
    return OpenAiJson.chatResponse(
        post("/chat/completions", OpenAiJson.chatRequest(request), cancel));
  }

  @Override
  public List<Embedding> embed(List<String> texts, CancellationToken cancel)
      throws ProviderException {
    if (!capabilities.embeddings()) {
      throw new UnsupportedException(name() + " has no embeddings");
    }
    return OpenAiJson.embeddings(
        post("/embeddings", OpenAiJson.embeddingRequest("text-embedding-3-small", texts), cancel));
  }

  private String post(String path, String json, CancellationToken cancel) throws ProviderException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("Authorization", "Bearer " + apiKey)
            .header("Content-Type", "application/json")
            .timeout(timeout)
            .POST(BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response = send(request, cancel);
    if (response.statusCode() != 200) {
      throw HttpErrorException.of(
          response.statusCode(),
          response.headers().map(),
          OpenAiJson.error(response.statusCode(), response.body()));
    }
    return response.body();
  }

  /**
   * Sends a request and waits for the answer. Both ways to end it early abort the exchange: the
   * token, which the caller cancels, or LlmRetry when the attempt runs out of time; and an
   * interrupt.
   */
  private HttpResponse<String> send(HttpRequest request, CancellationToken cancel)
      throws ProviderException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, BodyHandlers.ofString());
    Registration abort = cancel.onCancel(() -> answer.cancel(true));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while waiting for an answer", e);
    } catch (ExecutionException | CancellationException e) {
      if (cancel.isCancelled()) { // e may be of either class, and have an IOException as its cause
        throw new CancelledException("cancelled while waiting for an answer", e);
      }
      throw failure(e);
    } finally {
      abort.close();
    }
  }

  private ProviderException failure(Exception wrapper) {
    Throwable error = wrapper.getCause();
    if (error instanceof HttpTimeoutException timedOut) {
      return new ProviderTimeoutException(
          "no answer within " + timeout.toMillis() + " ms", timedOut);
    }
    if (error instanceof IOException broken) {
      // A refused connection has no message.
      String why = Objects.requireNonNullElse(broken.getMessage(), broken.toString());
      return new NetworkException("connection failed: " + why, broken);
    }
    throw new IllegalStateException("Unexpected failure of the HTTP client", wrapper);
  }

  /** Names the provider; never the key. */
  @Override
  public String toString() {
    return name();
  }
}
