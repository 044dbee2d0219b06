package dev.llmretry.providertests.springai;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through Spring AI's model for Ollama. */
class SpringAiResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "spring-ai";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new SpringAiClient(url, timeout);
  }
}
