package dev.llmretry.providertests.anthropic;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through anthropic-java. */
class AnthropicResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "anthropic-java";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new AnthropicSdkClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
