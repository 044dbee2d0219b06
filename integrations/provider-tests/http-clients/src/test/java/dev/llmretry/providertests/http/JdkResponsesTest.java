package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through java.net.http and an exception of one's own. */
class JdkResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "java-net-http";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new JdkClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
