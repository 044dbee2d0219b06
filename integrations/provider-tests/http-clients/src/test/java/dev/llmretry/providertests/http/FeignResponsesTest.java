package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through Feign. */
class FeignResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "feign";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new FeignClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
