package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through Spring's WebClient. */
class SpringWebClientResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "spring-web-client";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new SpringWebClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
