package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through Jersey. */
class JerseyResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "jersey";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new JerseyClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
