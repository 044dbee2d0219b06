package dev.llmretry.providertests.http;

import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** java.net.http. */
class JdkClientTest extends HttpClientTest {

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new JdkClient(url, timeout);
  }

  /** Whoever reads the body of a stream waits for it without end. */
  @Override
  protected boolean hearsSilenceHalfway(Way way) {
    return way != Way.STREAMING;
  }

  @Override
  protected String reset() {
    return "SocketException";
  }

  @Override
  protected String cut() {
    return "EOFException";
  }
}
