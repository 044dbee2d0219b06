package dev.llmretry.providertests.openai;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through openai-java. */
class OpenAiResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "openai-java";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new OpenAiClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
