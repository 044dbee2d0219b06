package dev.llmretry.providertests.bedrock;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through the AWS SDK for Java 2.x. */
class BedrockResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "aws-sdk";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new BedrockClient(url, timeout);
  }
}
