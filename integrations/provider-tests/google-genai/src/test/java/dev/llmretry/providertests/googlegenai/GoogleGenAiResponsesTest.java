package dev.llmretry.providertests.googlegenai;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through google-genai. */
class GoogleGenAiResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "google-genai";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new GoogleGenAiClient(url, timeout);
  }
}
