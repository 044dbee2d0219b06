package com.acme.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.llmretry.aspectj.AspectJRetries;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChatClientTest {

  private static final CancellationToken NONE = CancellationToken.none();

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final Queue<IOException> failures = new ArrayDeque<>();
  private final ChatClient client = new ChatClient(new ScriptedEndpoint());
  private int attempts;

  private final class ScriptedEndpoint implements Endpoint {

    @Override
    public String send(String prompt) throws IOException {
      attempts++;
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      return "You said: " + prompt;
    }

    @Override
    public CompletableFuture<String> sendAsync(String prompt) {
      try {
        return CompletableFuture.completedFuture(send(prompt));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  /** Waits take no time, and futures are retried on the thread of the test. */
  @BeforeEach
  void useVirtualClock() {
    AspectJRetries.use(RetryRuntime.builder().clock(clock).executor(Runnable::run).build());
  }

  @AfterEach
  void useStandardClock() {
    AspectJRetries.use(RetryRuntime.standard());
  }

  /** A class that nothing has woven runs all the same, but retries nothing. */
  @Test
  void isWoven() {
    AspectJRetries.requireWoven(ChatClient.class);
  }

  @Test
  void whatPassesIsRetried() throws IOException {
    failures.add(new ConnectException("Connection refused"));
    failures.add(new SocketTimeoutException("Read timed out"));

    assertEquals("You said: hello", client.complete("hello", NONE));
    assertEquals(3, attempts);
    assertEquals(List.of(Duration.ofMillis(100), Duration.ofMillis(200)), clock.waits());
  }

  @Test
  void whatDoesNotPassIsThrown() {
    IOException missing = new FileNotFoundException("no such model");
    failures.add(missing);

    assertEquals(missing, assertThrows(IOException.class, () -> client.complete("hello", NONE)));
    assertEquals(1, attempts);
  }

  @Test
  void aFutureIsRetriedUntilItCompletes() {
    failures.add(new ConnectException("Connection refused"));

    CompletableFuture<String> answer = client.completeAsync("hello");
    clock.advanceUntil(answer::isDone);

    assertEquals("You said: hello", answer.join());
    assertEquals(2, attempts);
  }

  @Test
  void aCancelledCallMakesNoAttempt() {
    CancellationSource caller = new CancellationSource();
    caller.cancel();

    assertThrows(CancelledException.class, () -> client.complete("hello", caller.token()));
    assertEquals(0, attempts);
  }

  @Test
  void whatIsNotAnnotatedIsNotRetried() {
    failures.add(new ConnectException("Connection refused"));

    assertThrows(ConnectException.class, client::ping);
    assertEquals(1, attempts);
  }
}
