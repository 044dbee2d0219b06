package dev.llmretry.examples.client;

import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Registration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.Consumer;

/**
 * Posts JSON to a provider, in each of the ways to wait for an answer: at once or bit by bit, with
 * the caller's thread or without. A token that is cancelled aborts the exchange.
 */
final class OpenAiHttp {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;

  /** Makes sense of a body. */
  interface Reading<T> {

    T read(String body) throws ProviderException;
  }

  private final URI baseUrl;
  private final String apiKey;
  private final Duration timeout;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  OpenAiHttp(URI baseUrl, String apiKey, Duration timeout) {
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
    this.timeout = timeout;
  }

  /** Waits for the whole answer. */
  String post(String path, String json, CancellationToken cancel) throws ProviderException {
    return checked(send(request(path, json).build(), BodyHandlers.ofString(), cancel));
  }

  /**
   * Waits for the whole answer. All attempts of a call have one idempotency key, by which a
   * provider or a proxy can tell that it has carried out the request already.
   */
  String post(String path, String json, Attempt attempt) throws ProviderException {
    HttpRequest request =
        request(path, json)
            .header("Idempotency-Key", attempt.callId())
            .header("X-Attempt", Integer.toString(attempt.number()))
            .build();
    return checked(send(request, BodyHandlers.ofString(), attempt.token()));
  }

  /** Waits for the beginning of the answer. What is returned must be closed. */
  InputStream open(String path, String json, CancellationToken cancel) throws ProviderException {
    HttpResponse<InputStream> response =
        send(
            request(path, json).build(),
            info ->
                info.statusCode() == OK
                    ? BodySubscribers.ofInputStream()
                    : BodySubscribers.mapping(
                        BodySubscribers.ofByteArray(), ByteArrayInputStream::new),
            cancel);
    if (response.statusCode() != OK) {
      throw error(response, text(response.body()));
    }
    return response.body();
  }

  private static String text(InputStream inMemory) {
    try {
      return new String(inMemory.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns at once. To cancel the future aborts the exchange. */
  <T> CompletableFuture<T> postAsync(
      String path, String json, CancellationToken cancel, Reading<T> reading) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    CompletableFuture<?> exchange =
        exchange(
            request(path, json).build(),
            BodyHandlers.ofString(),
            cancel,
            response -> {
              try {
                answer.complete(reading.read(checked(response)));
              } catch (Throwable e) { // or nobody would hear of it
                answer.completeExceptionally(e);
              }
            },
            answer::completeExceptionally);
    var unused = answer.whenComplete((result, error) -> exchange.cancel(true)); // or has ended
    return answer;
  }

  /** Returns at once. */
  void subscribe(
      String path, String json, CancellationToken cancel, Subscriber<? super ChatChunk> chunks) {
    ChunkSubscriber lines = new ChunkSubscriber(chunks, error -> translate(error, cancel));
    var unused =
        exchange(
            request(path, json).build(),
            info ->
                info.statusCode() == OK
                    ? BodySubscribers.fromLineSubscriber(
                        lines, subscriber -> "", StandardCharsets.UTF_8, "\n")
                    : BodySubscribers.ofString(StandardCharsets.UTF_8),
            cancel,
            response -> {
              if (response.statusCode() != OK) {
                lines.failedToBegin(error(response, response.body()));
              }
            },
            lines::failedToBegin);
  }

  private <T> CompletableFuture<HttpResponse<T>> exchange(
      HttpRequest request,
      BodyHandler<T> handler,
      CancellationToken cancel,
      Consumer<HttpResponse<T>> onAnswer,
      Consumer<Exception> onFailure) {
    CompletableFuture<HttpResponse<T>> exchange = http.sendAsync(request, handler);
    Registration abort = cancel.onCancel(() -> exchange.cancel(true));
    var unused =
        exchange.whenComplete(
            (response, error) -> {
              abort.close();
              if (error == null) {
                onAnswer.accept(response);
              } else {
                onFailure.accept(translate(error, cancel));
              }
            });
    return exchange;
  }

  /** Sends a request and waits for the answer, which an interrupt aborts as well. */
  private <T> HttpResponse<T> send(
      HttpRequest request, BodyHandler<T> handler, CancellationToken cancel)
      throws ProviderException {
    CompletableFuture<HttpResponse<T>> exchange = http.sendAsync(request, handler);
    Registration abort = cancel.onCancel(() -> exchange.cancel(true));
    try {
      return exchange.get();
    } catch (InterruptedException e) {
      exchange.cancel(true);
      var unused = exchange.thenAccept(OpenAiHttp::discard); // if it came meanwhile
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while waiting for an answer", e);
    } catch (ExecutionException | CancellationException e) {
      Exception translated = translate(e, cancel);
      if (translated instanceof ProviderException failure) {
        throw failure;
      }
      throw (RuntimeException) translated;
    } finally {
      abort.close();
    }
  }

  private static void discard(HttpResponse<?> response) {
    if (response.body() instanceof InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private HttpRequest.Builder request(String path, String json) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .header("Authorization", "Bearer " + apiKey)
        .header("Content-Type", "application/json")
        .timeout(timeout)
        .POST(BodyPublishers.ofString(json));
  }

  private static String checked(HttpResponse<String> response) throws HttpErrorException {
    if (response.statusCode() != OK) {
      throw error(response, response.body());
    }
    return response.body();
  }

  private static HttpErrorException error(HttpResponse<?> response, String body) {
    return HttpErrorException.of(
        response.statusCode(),
        response.headers().map(),
        OpenAiJson.error(response.statusCode(), body));
  }

  /** Returns a {@link ProviderException} or a {@link RuntimeException}. */
  private Exception translate(Throwable failure, CancellationToken cancel) {
    // A cancelled exchange may fail with an IOException as well.
    if (cancel.isCancelled() || failure instanceof CancellationException) {
      return new CancelledException("cancelled while waiting for an answer", failure);
    }
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable error = wrapped ? failure.getCause() : failure;
    if (error instanceof HttpTimeoutException timedOut) {
      return new ProviderTimeoutException(
          "no answer within " + timeout.toMillis() + " ms", timedOut);
    }
    if (error instanceof IOException broken) {
      return NetworkException.of(broken);
    }
    return new IllegalStateException("Unexpected failure of the HTTP client", failure);
  }
}
