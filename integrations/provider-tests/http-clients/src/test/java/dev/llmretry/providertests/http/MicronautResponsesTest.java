package dev.llmretry.providertests.http;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/** Recorded responses, through Micronaut. */
class MicronautResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "micronaut";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return new MicronautClient(url, timeout);
  }

  /** It has no streams. */
  @Override
  protected Stream<Way> ways() {
    return Stream.of(Way.BLOCKING, Way.ASYNC);
  }
}
