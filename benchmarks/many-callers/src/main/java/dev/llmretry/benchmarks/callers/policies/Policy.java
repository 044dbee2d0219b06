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
 * @param connect creates a client of the provider at a URL
 */
public record Policy(String name, boolean isOurs, Function<URI, Chat> connect) {

  private static final Properties VERSIONS = readVersions();

  /** Returns all of them. */
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
        new Policy(
            "LlmRetry around openai-java",
            true,
            url -> new RetryingChat(Clients.openAiWithoutRetries(url))),
        new Policy(
            "LlmRetry around java.net.http", true, url -> new RetryingChat(new HttpChat(url))));
  }

  private static Policy peer(String name, Function<URI, Chat> connect) {
    return new Policy(name, false, connect);
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
