package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;

/** Recorded responses, through OkHttp and an exception of one's own. */
class OkHttpResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "okhttp";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new OkHttpChatClient(url, timeout);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
