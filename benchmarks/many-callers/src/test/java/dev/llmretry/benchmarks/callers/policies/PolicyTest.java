package dev.llmretry.benchmarks.callers.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class PolicyTest {

  private static Policy named(String name) {
    return Policy.all().stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<Policy> forOneProvider() {
    List<Policy> policies = new ArrayList<>(Policy.all());
    policies.addAll(Policy.hedged());
    return policies;
  }

  @ParameterizedTest
  @MethodSource("forOneProvider")
  void understandsTheProvider(Policy policy) throws Exception {
    try (LoopbackProvider provider = new LoopbackProvider(now -> Reply.answer(0))) {
      assertThat(policy.connect().apply(List.of(provider.url())).ask()).contains("Hello.");
      assertThat(provider.requests()).isEqualTo(1);
      assertThat(policy.name()).doesNotContain("null");
    }
  }

  static List<Policy> withFallback() {
    return Policy.withFallback();
  }

  @ParameterizedTest
  @MethodSource
  void withFallback(Policy policy) throws Exception {
    try (LoopbackProvider first = new LoopbackProvider(now -> Reply.unavailable());
        LoopbackProvider second = new LoopbackProvider(now -> Reply.answer(0))) {
      Chat chat = policy.connect().apply(List.of(first.url(), second.url()));

      if (policy.name().contains("first only")) {
        assertThatThrownBy(chat::ask).hasMessageContaining("503");
        assertThat(second.requests()).isZero();
      } else {
        assertThat(chat.ask()).contains("Hello.");
        assertThat(first.requests()).isPositive();
      }
    }
  }

  @Test
  void hintsReachLlmRetry() {
    try (LoopbackProvider provider = new LoopbackProvider(now -> new Reply(429, 0, 0.001))) {
      Chat chat = named("LlmRetry, each call alone").connect().apply(List.of(provider.url()));

      assertThatThrownBy(chat::ask).hasMessageContaining("Please try again in 1ms.");
      assertThat(provider.requests(429)).isEqualTo(4);
    }
  }

  @Test
  void noRetriesMeansOneRequest() {
    try (LoopbackProvider provider = new LoopbackProvider(now -> new Reply(503, 0, Double.NaN))) {
      Chat chat = named("no retries").connect().apply(List.of(provider.url()));

      assertThatThrownBy(chat::ask).hasMessageContaining("503");
      assertThat(provider.requests()).isEqualTo(1);
    }
  }
}
