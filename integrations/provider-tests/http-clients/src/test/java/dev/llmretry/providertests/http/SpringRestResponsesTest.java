package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/** Recorded responses, through Spring's RestClient. */
class SpringRestResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "spring-rest-client";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new SpringRestClient(url, timeout);
  }

  /** It has no futures. */
  @Override
  protected Stream<Way> ways() {
    return Stream.of(Way.BLOCKING, Way.STREAMING);
  }

  @Override
  protected boolean readsEventStreams() {
    return true;
  }
}
