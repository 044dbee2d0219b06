package dev.llmretry.providertests.http;

import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Jersey, a client of Jakarta REST. */
class JerseyTest extends HttpClientTest {

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new JerseyClient(url, timeout);
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
