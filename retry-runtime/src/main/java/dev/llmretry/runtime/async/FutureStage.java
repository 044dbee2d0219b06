package dev.llmretry.runtime.async;

import dev.llmretry.runtime.internal.Causes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Completes as a future of another library does; to be run once that is complete. */
final class FutureStage<T extends @Nullable Object> extends CompletableFuture<T>
    implements Runnable {

  private final Future<? extends T> future;

  FutureStage(Future<? extends T> future) {
    this.future = future;
  }

  /** Returns whether a future is complete and has a result. */
  static boolean hasResult(Future<?> future) {
    if (!future.isDone() || future.isCancelled()) {
      return false;
    }
    if (future instanceof ListenedFuture<?> retried) {
      return !retried.completable().isCompletedExceptionally();
    }
    try {
      resultOf(future);
      return true;
    } catch (Throwable e) {
      return false;
    }
  }

  @Override
  public void run() {
    if (isDone()) {
      return;
    }
    try {
      complete(resultOf(future));
    } catch (ExecutionException e) {
      Throwable cause = Causes.of(e);
      completeExceptionally(cause == null ? e : cause);
    } catch (Throwable e) { // a cancellation among them
      completeExceptionally(e);
    }
  }

  /** Cancels the future. One that has a result all the same has it for this one too. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    future.cancel(mayInterruptIfRunning);
    if (future.isDone()) {
      run();
    }
    return super.cancel(mayInterruptIfRunning);
  }

  /** Futures answer an interrupt even where there is nothing to wait for. */
  private static <T extends @Nullable Object> T resultOf(Future<T> complete)
      throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return complete.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
