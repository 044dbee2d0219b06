package dev.llmretry.providertests.azure;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through azure-ai-openai. */
class AzureResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "azure-ai-openai";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new AzureClient(url, timeout);
  }
}
