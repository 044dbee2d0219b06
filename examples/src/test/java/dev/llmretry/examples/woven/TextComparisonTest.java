package dev.llmretry.examples.woven;

import static dev.llmretry.examples.provider.Replies.overloaded;
import static dev.llmretry.examples.provider.Replies.rateLimited;
import static dev.llmretry.examples.provider.Replies.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.examples.client.OpenAiClient;
import dev.llmretry.examples.client.ServerException;
import dev.llmretry.examples.provider.EmbeddedProvider;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TextComparisonTest {

  private final EmbeddedProvider provider = new EmbeddedProvider();
  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final TextComparison comparison =
      new TextComparison(
          new OpenAiClient(provider.baseUrl(), "sk-test", Duration.ofSeconds(50)),
          RetryRuntime.builder().clock(clock).build());

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private double similarity() throws Exception {
    return comparison.similarity("hello", "hello", CancellationToken.none());
  }

  /** Without it, nobody would notice, until the provider fails. */
  @Test
  void isWoven() {
    AspectJRetries.requireWoven(TextComparison.class);
  }

  @Test
  void isRetried() throws Exception {
    provider.script(List.of(overloaded(), rateLimited().with("Retry-After", "7")));

    assertThat(similarity()).isCloseTo(1, within(1e-9));
    assertThat(provider.requests()).isEqualTo(3);
    assertThat(clock.waits()).containsExactly(Duration.ofMillis(100), Duration.ofSeconds(7));
  }

  @Test
  void throwsTheErrorOfTheLastAttempt() {
    provider.script(List.of(unavailable(), unavailable(), unavailable(), unavailable()));

    assertThatThrownBy(this::similarity).isInstanceOf(ServerException.class);
    assertThat(provider.requests()).isEqualTo(4);
  }

  @Test
  void aCancelledCallMakesNoAttempt() {
    CancellationSource caller = new CancellationSource();
    caller.cancel();

    assertThatThrownBy(() -> comparison.similarity("a", "b", caller.token()))
        .isInstanceOf(CancelledException.class);
    assertThat(provider.requests()).isZero();
  }
}
