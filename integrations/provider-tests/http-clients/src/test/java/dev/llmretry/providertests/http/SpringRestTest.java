package dev.llmretry.providertests.http;

import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/** Spring's RestClient. */
class SpringRestTest extends HttpClientTest {

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new SpringRestClient(url, timeout);
  }

  /** It has no futures. */
  @Override
  protected Stream<Way> ways() {
    return Stream.of(Way.BLOCKING, Way.STREAMING);
  }

  @Override
  protected String reset() {
    return "SocketException";
  }

  @Override
  protected String cut() {
    return "ConnectionClosedException";
  }
}
