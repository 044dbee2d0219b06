package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through Retrofit. */
class RetrofitResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "retrofit";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new RetrofitClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
