package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/** Recorded responses, through a response handler of Apache HttpClient 5. */
class ApacheResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "apache-httpclient5";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new ApacheClient(url, timeout);
  }

  /** Of the others, the exceptions are those of the tests. */
  @Override
  protected Stream<Way> ways() {
    return Stream.of(Way.BLOCKING);
  }
}
