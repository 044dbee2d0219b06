package dev.llmretry.providertests.googlegenai;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.javanet.NetHttpTransport;
import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Recorded responses, through Google's HTTP client, which fetches the tokens for Vertex AI. */
class GoogleHttpResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "google-http-client";
  }

  @Override
  protected Stream<Way> ways() {
    return Stream.of(Way.BLOCKING);
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new GoogleHttpClient(url);
  }

  private record GoogleHttpClient(URI url) implements ChatClient {

    private static final HttpRequestFactory REQUESTS =
        new NetHttpTransport().createRequestFactory();

    @Override
    public String ask(String question) throws IOException {
      return REQUESTS
          .buildPostRequest(
              new GenericUrl(url), ByteArrayContent.fromString("text/plain", question))
          .execute()
          .parseAsString();
    }

    @Override
    public CompletableFuture<String> askAsync(String question) {
      throw new UnsupportedOperationException("It has no futures");
    }

    @Override
    public Stream<String> askStreaming(String question) {
      throw new UnsupportedOperationException("It has no streams");
    }

    @Override
    public void close() {}
  }
}
