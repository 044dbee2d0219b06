package dev.llmretry.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is made when it is first needed, and again if that has failed. Once made, it is
 * restored by the client. Safe for use by several threads.
 *
 * @param <C> the type of connection
 */
final class Connecting<C> {

  private final Supplier<CompletionStage<C>> connect;
  private @Nullable CompletableFuture<C> connection;

  Connecting(Supplier<CompletionStage<C>> connect) {
    this.connect = connect;
  }

  /** {@return the connection; a failure if it cannot be made} */
  synchronized CompletableFuture<C> get() {
    if (connection == null || connection.isCompletedExceptionally()) {
      try {
        connection = connect.get().toCompletableFuture();
      } catch (RuntimeException e) {
        connection = CompletableFuture.failedFuture(e);
      }
    }
    return connection;
  }
}
