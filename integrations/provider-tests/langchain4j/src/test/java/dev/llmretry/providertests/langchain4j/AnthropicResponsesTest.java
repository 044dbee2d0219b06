package dev.llmretry.providertests.langchain4j;

import dev.llmretry.providertests.RecordedResponsesTest;
import dev.llmretry.providertests.Way;
import dev.llmretry.providertests.client.ChatClient;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

/** Recorded responses, through LangChain4j's model for Anthropic. */
class AnthropicResponsesTest extends RecordedResponsesTest {

  @Override
  protected String carrier() {
    return "langchain4j-anthropic";
  }

  @Override
  protected ChatClient connect(URI url, Duration timeout) {
    return LangChain4jClient.ofAnthropic(url, timeout);
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
