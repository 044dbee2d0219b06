package dev.llmretry.providertests.http;

import java.time.Duration;
import okhttp3.OkHttpClient;

/** What the clients on OkHttp share. */
final class OkHttpClients {

  private OkHttpClients() {}

  static OkHttpClient connect(Duration timeout) {
    return new OkHttpClient.Builder()
        .readTimeout(timeout)
        .retryOnConnectionFailure(false) // nor does it then answer a 408 by a second request
        .build();
  }

  static void close(OkHttpClient client) {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
