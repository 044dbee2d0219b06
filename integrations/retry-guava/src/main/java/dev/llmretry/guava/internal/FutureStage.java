package dev.llmretry.guava.internal;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.llmretry.runtime.internal.util.Throwables;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A completion stage with the outcome of another library's future, whose completion must {@link
 * #run} it.
 *
 * @param <T> the result
 */
final class FutureStage<T extends @Nullable Object> extends CompletableFuture<T>
    implements Runnable {

  private final Future<? extends T> future;

  FutureStage(Future<? extends T> future) {
    this.future = future;
  }

  /** Returns the other library's future. */
  Future<? extends T> future() {
    return future;
  }

  /** Completes this stage with the outcome of the future, which must be done. */
  @Override
  public void run() {
    if (isDone()) {
      return;
    }
    try {
      complete(Uninterruptibles.getUninterruptibly(future));
    } catch (ExecutionException e) {
      Throwable cause = Throwables.causeOf(e);
      completeExceptionally(cause == null ? e : cause);
    } catch (Throwable e) { // including CancellationException
      completeExceptionally(e);
    }
  }

  /** Cancels the future. If it completes with a result nevertheless, so does this stage. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    future.cancel(mayInterruptIfRunning);
    if (future.isDone()) {
      run();
    }
    return super.cancel(mayInterruptIfRunning);
  }
}
