package dev.llmretry.benchmarks.peers;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.llmretry.benchmarks.AsyncChatClient;
import java.util.concurrent.CompletableFuture;

/**
 * As {@link FailsafeChat}, without blocking, and without the change of threads that Failsafe makes
 * before each attempt unless it has a scheduler that does not.
 */
public record FailsafeAsyncChat(AsyncChatClient delegate, FailsafeExecutor<String> failsafe)
    implements AsyncChatClient {

  public FailsafeAsyncChat(AsyncChatClient delegate) {
    this(delegate, Failsafe.with(FailsafeChat.policy()).with(SameThreadScheduler::schedule));
  }

  @Override
  public CompletableFuture<String> complete(String prompt) {
    return failsafe.getStageAsync(() -> delegate.complete(prompt));
  }
}
