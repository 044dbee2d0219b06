package dev.llmretry.benchmarks.peers;

import dev.llmretry.benchmarks.AsyncChatClient;
import io.github.resilience4j.retry.Retry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** As {@link Resilience4jChat}, without blocking. */
public record Resilience4jAsyncChat(
    AsyncChatClient delegate, Retry retry, ScheduledExecutorService timer)
    implements AsyncChatClient {

  public Resilience4jAsyncChat(AsyncChatClient delegate) {
    this(
        delegate,
        Resilience4jChat.newRetry(),
        new ScheduledThreadPoolExecutor(1, Resilience4jAsyncChat::daemon));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "timer");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public CompletableFuture<String> complete(String prompt) {
    return retry
        .executeCompletionStage(timer, () -> delegate.complete(prompt))
        .toCompletableFuture();
  }
}
