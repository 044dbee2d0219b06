package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Feign. */
class FeignTest extends HttpClientTest {

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new FeignClient(url, timeout);
  }

  /** Its default client, HttpURLConnection, gives no body of a 401 to a request with a body. */
  @Override
  protected String unauthorized() {
    return "HTTP 401";
  }

  @Override
  protected String reset() {
    return "SocketException";
  }

  @Override
  protected String cut() {
    return "IOException";
  }
}
