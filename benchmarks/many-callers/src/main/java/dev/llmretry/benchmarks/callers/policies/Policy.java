package dev.llmretry.benchmarks.callers.policies;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * A way to retry.
 *
 * @param name a row of the tables
 * @param isOurs whether it is LlmRetry's default
 * @param connect creates a client of the providers at some URLs, the preferred one first
 */
public record Policy(String name, boolean isOurs, Function<List<URI>, Chat> connect) {

  private static final Properties VERSIONS = readVersions();

  /** Returns those for one provider. */
  public static List<Policy> all() {
    return List.of(
        peer("no retries", Clients::openAiWithoutRetries),
        peer(versioned("openai-java"), Clients::openAi),
        peer(versioned("anthropic-java"), Clients::anthropic),
        peer(versioned("LangChain4j"), Clients::langChain4j),
        peer(versioned("Spring AI"), Clients::springAi),
        around(versioned("Failsafe"), Libraries::failsafe),
        around(versioned("Resilience4j"), Libraries::resilience4j),
        around(versioned("Spring") + " RetryTemplate", Libraries::springTemplate),
        around(versioned("Spring") + " @Retryable", SpringChat::proxied),
        around("loop: hint, full jitter, 5 retries", chat -> new HandWrittenLoop(chat, 6)),
        around("loop: hint, full jitter, 10 retries", chat -> new HandWrittenLoop(chat, 11)),
        around("LlmRetry, each call alone", chat -> new RetryingChat(chat, alone())),
        ours(
            "LlmRetry around openai-java",
            url -> new RetryingChat(Clients.openAiWithoutRetries(url))),
        ours("LlmRetry around java.net.http", url -> new RetryingChat(new HttpChat(url))));
  }

  /** Returns those for two providers, and one for comparison that uses the first only. */
  public static List<Policy> withFallback() {
    return List.of(
        new Policy("LlmRetry, the first only", true, Fallbacks::none),
        new Policy("catch, then the second", false, Fallbacks::ifItFails),
        new Policy(
            versioned("Failsafe") + " retries, then the second", false, Fallbacks::failsafeRetries),
        new Policy(
            versioned("Failsafe") + " circuit breaker, then the second",
            false,
            Fallbacks::failsafeCircuitBreaker),
        new Policy(
            versioned("Resilience4j") + " circuit breaker, then the second",
            false,
            Fallbacks::resilience4jCircuitBreaker),
        new Policy("LlmRetry, two routes", true, Fallbacks::routes));
  }

  /** Returns those with and without a second attempt beside a slow one. */
  public static List<Policy> hedged() {
    return List.of(
        ours("LlmRetry around java.net.http", url -> new RetryingChat(new HttpChat(url))),
        ours(
            "LlmRetry, hedged after " + HedgedChat.HEDGE_AFTER_MILLIS + " ms",
            url -> hedged(new HttpChat(url))));
  }

  private static Chat hedged(HttpChat client) {
    HedgedChat chat = new RetryingHedgedChat(client::askLater);
    return () -> chat.askLater().join();
  }

  private static Policy peer(String name, Function<URI, Chat> connect) {
    return new Policy(name, false, urls -> connect.apply(urls.get(0)));
  }

  private static Policy ours(String name, Function<URI, Chat> connect) {
    return new Policy(name, true, urls -> connect.apply(urls.get(0)));
  }

  private static Policy around(String name, Function<Chat, Chat> retries) {
    return peer(name, url -> retries.apply(Clients.openAiWithoutRetries(url)));
  }

  private static RetryRuntime alone() {
    return RetryRuntime.builder().upstream(Upstream.none()).build();
  }

  private static String versioned(String library) {
    return library + " " + VERSIONS.getProperty(library);
  }

  private static Properties readVersions() {
    try (InputStream in = Policy.class.getResourceAsStream("versions.properties")) {
      Properties versions = new Properties();
      versions.load(in);
      return versions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
