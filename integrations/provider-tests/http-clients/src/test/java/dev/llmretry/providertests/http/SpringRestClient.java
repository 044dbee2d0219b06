package dev.llmretry.providertests.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;

/** Asks with Spring's RestClient on Apache HttpClient. */
final class SpringRestClient implements ChatClient {

  private final CloseableHttpClient apache;
  private final RestClient client;

  SpringRestClient(URI url, Duration timeout) {
    apache =
        HttpClients.custom()
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.of(timeout)).build())
            .disableAutomaticRetries() // RestClient itself retries nothing
            .build();
    client =
        RestClient.builder()
            .baseUrl(url.toString())
            .requestFactory(new HttpComponentsClientHttpRequestFactory(apache))
            .build();
  }

  @Override
  public String ask(String question) {
    return Wire.text(request(question).retrieve().body(String.class));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    throw new UnsupportedOperationException("RestClient has no futures");
  }

  @Override
  public Stream<String> askStreaming(String question) {
    return request(question)
        .exchange(
            (request, response) -> {
              if (response.getStatusCode().isError()) {
                throw error(response);
              }
              return Wire.pieces(response.getBody()).onClose(response::close);
            },
            false);
  }

  private static RestClientResponseException error(ClientHttpResponse response) throws IOException {
    try (response) {
      return new RestClientResponseException(
          response.getStatusText(),
          response.getStatusCode(),
          response.getStatusText(),
          response.getHeaders(),
          response.getBody().readAllBytes(),
          UTF_8);
    }
  }

  private RestClient.RequestBodySpec request(String question) {
    return client
        .post()
        .uri(Wire.PATH)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Wire.request(question));
  }

  @Override
  public void close() {
    apache.close(CloseMode.IMMEDIATE);
  }
}
