package dev.llmretry.providertests;

import dev.llmretry.providertests.client.ChatClient;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.classification.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** A provider with a script, and a client that retries. */
final class Trial implements AutoCloseable {

  private final LoopbackProvider provider;
  private final RecordingClock clock;
  private final Failures failures = new Failures();
  private final ChatClient client;

  /**
   * Begins a trial.
   *
   * @param client makes the client, of the provider's URL and what retries
   */
  Trial(List<Reply> script, Instant start, BiFunction<URI, RetryRuntime, ChatClient> client) {
    provider = new LoopbackProvider(script);
    clock = new RecordingClock(start);
    this.client =
        client.apply(
            provider.url(), RetryRuntime.builder().clock(clock).listener(failures).build());
  }

  ChatClient client() {
    return client;
  }

  int calls() {
    return provider.requests().size();
  }

  List<Duration> waits() {
    return clock.waits();
  }

  List<Failure> failures() {
    return failures.seen();
  }

  @Override
  public void close() {
    client.close();
    provider.close();
  }
}
