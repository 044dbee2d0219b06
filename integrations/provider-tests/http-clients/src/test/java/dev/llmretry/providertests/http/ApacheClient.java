package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hc.client5.http.HttpResponseException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** Asks with Apache HttpClient 5, and throws what its own response handlers throw. */
final class ApacheClient implements ChatClient {

  private final CloseableHttpClient client;
  private final CloseableHttpAsyncClient asyncClient;
  private final URI url;

  ApacheClient(URI url, Duration timeout) {
    RequestConfig config = RequestConfig.custom().setResponseTimeout(Timeout.of(timeout)).build();
    client = HttpClients.custom().setDefaultRequestConfig(config).disableAutomaticRetries().build();
    asyncClient =
        HttpAsyncClients.custom().setDefaultRequestConfig(config).disableAutomaticRetries().build();
    asyncClient.start();
    this.url = url.resolve(Wire.PATH);
  }

  @Override
  public String ask(String question) throws IOException {
    return Wire.text(client.execute(request(question), new BasicHttpClientResponseHandler()));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(url)
            .setBody(Wire.request(question), ContentType.APPLICATION_JSON)
            .build();
    Answer answer = new Answer();
    asyncClient.execute(request, answer);
    return answer;
  }

  private static final class Answer extends CompletableFuture<String>
      implements FutureCallback<SimpleHttpResponse> {

    @Override
    public void completed(SimpleHttpResponse response) {
      if (response.getCode() >= 300) {
        failed(new HttpResponseException(response.getCode(), response.getReasonPhrase()));
      } else {
        complete(Wire.text(response.getBodyText()));
      }
    }

    @Override
    public void failed(Exception e) {
      completeExceptionally(e);
    }

    @Override
    public void cancelled() {
      cancel(false);
    }
  }

  @Override
  public Stream<String> askStreaming(String question) throws IOException {
    ClassicHttpResponse response = client.executeOpen(null, request(question), null);
    if (response.getCode() >= 300) {
      response.close();
      throw new HttpResponseException(response.getCode(), response.getReasonPhrase());
    }
    return Wire.pieces(response.getEntity().getContent()).onClose(() -> Wire.close(response));
  }

  private HttpPost request(String question) {
    HttpPost request = new HttpPost(url);
    request.setEntity(new StringEntity(Wire.request(question), ContentType.APPLICATION_JSON));
    return request;
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    asyncClient.close(CloseMode.IMMEDIATE);
  }
}
