package dev.llmretry.providertests.http;

import dev.llmretry.providertests.Row;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Apache HttpClient 5, whose exception has no headers, and mostly no body. */
class ApacheTest extends HttpClientTest {

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new ApacheClient(url, timeout);
  }

  @Override
  protected Stream<Row> rows() {
    return Stream.of(statuses(), broken()).flatMap(List::stream);
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
