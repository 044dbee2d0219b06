package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks with OkHttp. */
final class OkHttpChatClient implements ChatClient {

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client;
  private final URI url;

  OkHttpChatClient(URI url, Duration timeout) {
    this.client = OkHttpClients.connect(timeout);
    this.url = url;
  }

  @Override
  public String ask(String question) throws IOException {
    return text(call(question).execute());
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    call(question)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                try {
                  answer.complete(text(response));
                } catch (IOException e) {
                  answer.completeExceptionally(e);
                }
              }

              @Override
              public void onFailure(Call call, IOException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  @Override
  public Stream<String> askStreaming(String question) throws IOException {
    Response response = call(question).execute();
    if (!response.isSuccessful()) {
      throw error(response);
    }
    return Wire.pieces(response.body().byteStream());
  }

  private Call call(String question) {
    RequestBody body = RequestBody.create(Wire.request(question), JSON);
    return client.newCall(new Request.Builder().url(url + Wire.PATH).post(body).build());
  }

  private static String text(Response response) throws IOException {
    if (!response.isSuccessful()) {
      throw error(response);
    }
    try (response) {
      return Wire.text(response.body().string());
    }
  }

  private static ApiException error(Response response) throws IOException {
    try (response) {
      return new ApiException(
          response.code(), response.headers().toMultimap(), response.body().string());
    }
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}
