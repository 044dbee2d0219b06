package dev.llmretry.examples.client;

import java.util.concurrent.CompletableFuture;

/** Threads for tests. */
final class Background {

  private Background() {}

  interface Action<T> {

    T run() throws Exception;
  }

  /** Runs {@code action} on a thread of its own. */
  static <T> CompletableFuture<T> start(Action<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(action.run());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  /** Waits until a future has failed; returns the error as it is. */
  static Throwable errorOf(CompletableFuture<?> future) throws Exception {
    return future.handle((result, error) -> error).get();
  }
}
