package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import feign.AsyncFeign;
import feign.Feign;
import feign.FeignException;
import feign.Headers;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Asks with Feign. */
final class FeignClient implements ChatClient {

  /** What Feign implements. */
  @Headers("Content-Type: application/json")
  interface Api {
    @RequestLine("POST " + Wire.PATH)
    String ask(String request);

    @RequestLine("POST " + Wire.PATH)
    Response askStreaming(String request);
  }

  /** What Feign implements for futures. */
  @Headers("Content-Type: application/json")
  interface AsyncApi {
    @RequestLine("POST " + Wire.PATH)
    CompletableFuture<String> ask(String request);
  }

  private final Api api;
  private final AsyncApi asyncApi;

  FeignClient(URI url, Duration timeout) {
    Request.Options options =
        new Request.Options(
            timeout.toMillis(),
            TimeUnit.MILLISECONDS,
            timeout.toMillis(),
            TimeUnit.MILLISECONDS,
            true);
    api =
        Feign.builder()
            .options(options)
            .retryer(Retryer.NEVER_RETRY)
            .target(Api.class, url.toString());
    asyncApi =
        AsyncFeign.builder()
            .options(options)
            .retryer(Retryer.NEVER_RETRY)
            .target(AsyncApi.class, url.toString());
  }

  @Override
  public String ask(String question) {
    return Wire.text(api.ask(Wire.request(question)));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return asyncApi.ask(Wire.request(question)).thenApply(Wire::text);
  }

  /** Where a {@link Response} is returned, Feign looks at no status. */
  @Override
  public Stream<String> askStreaming(String question) throws IOException {
    Response response = api.askStreaming(Wire.request(question));
    if (response.status() >= 300) {
      throw FeignException.errorStatus("askStreaming", response);
    }
    return Wire.pieces(response.body().asInputStream());
  }

  @Override
  public void close() {}
}
