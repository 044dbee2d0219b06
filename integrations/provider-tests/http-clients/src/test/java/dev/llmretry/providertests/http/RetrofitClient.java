package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.HttpException;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Streaming;

/** Asks with Retrofit. */
final class RetrofitClient implements ChatClient {

  /** What Retrofit implements. */
  interface Api {
    @POST(Wire.PATH)
    Call<ResponseBody> ask(@Body RequestBody request);

    @POST(Wire.PATH)
    CompletableFuture<ResponseBody> askAsync(@Body RequestBody request);

    @POST(Wire.PATH)
    @Streaming
    Call<ResponseBody> askStreaming(@Body RequestBody request);
  }

  private final OkHttpClient client;
  private final Api api;

  RetrofitClient(URI url, Duration timeout) {
    client = OkHttpClients.connect(timeout);
    api = new Retrofit.Builder().baseUrl(url.toString()).client(client).build().create(Api.class);
  }

  @Override
  public String ask(String question) throws IOException {
    return text(body(api.ask(request(question))));
  }

  @Override
  public CompletableFuture<String> askAsync(String question) {
    return api.askAsync(request(question)).thenApply(RetrofitClient::text);
  }

  @Override
  public Stream<String> askStreaming(String question) throws IOException {
    return Wire.pieces(body(api.askStreaming(request(question))).byteStream());
  }

  private static RequestBody request(String question) {
    return RequestBody.create(Wire.request(question), MediaType.get("application/json"));
  }

  private static ResponseBody body(Call<ResponseBody> call) throws IOException {
    Response<ResponseBody> response = call.execute();
    if (!response.isSuccessful()) {
      throw new HttpException(response);
    }
    return response.body();
  }

  private static String text(ResponseBody body) {
    try (body) {
      return Wire.text(body.string());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    OkHttpClients.close(client);
  }
}
