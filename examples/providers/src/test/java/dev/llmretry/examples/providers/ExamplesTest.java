package dev.llmretry.examples.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExamplesTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** What an example's {@code main} does, but for where it is, and the time. */
  private interface Example {
    void run(String url, String key, BackoffClock clock, PrintStream out);
  }

  private String output(EmbeddedProvider provider, String path, Example example) {
    try (provider) {
      example.run(provider.url() + path, "sk-test", clock, new PrintStream(out, true, UTF_8));

      assertThat(provider.requests()).isEqualTo(4);
      // The second question has to wait for its turn, since the provider has pushed back before.
      assertThat(clock.waits())
          .startsWith(Duration.ofSeconds(1), Duration.ofMillis(400))
          .hasSize(3)
          .allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
    }
    return out.toString(UTF_8);
  }

  @Test
  void openAi() {
    assertThat(output(EmbeddedProvider.openAi(), "/v1", OpenAiExample::run))
        .isEqualToNormalizingNewlines(
            """
            What is a retry?
              attempt 1: RATE_LIMITED (error rate_limit_exceeded), again in 1000 ms
              attempt 2: OVERLOADED (error server_is_overloaded), again in 400 ms
              attempt 3: answered
              Trying once more, later.
            And when does it not help?
              attempt 1: QUOTA_EXHAUSTED (error insufficient_quota), given up, it is not retryable
              com.openai.errors.RateLimitException: 429: You exceeded your current quota.
            """);
  }

  @Test
  void anthropic() {
    assertThat(output(EmbeddedProvider.anthropic(), "", AnthropicExample::run))
        .startsWith(
            """
            What is a retry?
              attempt 1: RATE_LIMITED (error rate_limit_error), again in 1000 ms
              attempt 2: OVERLOADED (error overloaded_error), again in 400 ms
              attempt 3: answered
              Trying once more, later.
            And when does it not help?
              attempt 1: QUOTA_EXHAUSTED (error enforced_spend_limit_reached), given up,\
             it is not retryable
              com.anthropic.""");
  }

  @Test
  void langChain4j() {
    assertThat(output(EmbeddedProvider.openAi(), "/v1", LangChain4jExample::run))
        .startsWith(
            """
            What is a retry?
              attempt 1: RATE_LIMITED (error rate_limit_exceeded), again in 1000 ms
              attempt 2: OVERLOADED (error server_is_overloaded), again in 400 ms
              attempt 3: answered
              Trying once more, later.
            And when does it not help?
              attempt 1: QUOTA_EXHAUSTED (error insufficient_quota), given up, it is not retryable
              dev.langchain4j.exception.RateLimitException:""");
  }

  @Test
  void fallback() {
    try (EmbeddedProvider openAi = EmbeddedProvider.failingOpenAi();
        EmbeddedProvider anthropic = EmbeddedProvider.answeringAnthropic()) {
      FallbackExample.run(
          new OpenAiExample(openAi.url() + "/v1", "sk-test", "gpt-4o-mini"),
          new AnthropicExample(anthropic.url(), "sk-test", "claude-haiku-4-5"),
          clock,
          new PrintStream(out, true, UTF_8));
      assertThat(openAi.requests()).isEqualTo(2);
    }
    assertThat(clock.waits()).allMatch(Duration::isZero);
    assertThat(out.toString(UTF_8))
        .isEqualToNormalizingNewlines(
            """
            What is a retry?
              attempt 1 by openai: OVERLOADED (error server_is_overloaded), the next at once
              attempt 2 by anthropic: answered
              Trying once more, later.
            And when does it not help?
              attempt 1 by openai: QUOTA_EXHAUSTED (error insufficient_quota), the next at once
              attempt 2 by anthropic: answered
              Trying once more, later.
            What then?
              attempt 1 by anthropic: answered
              Trying once more, later.
            """);
  }
}
