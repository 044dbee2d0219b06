package dev.llmretry.runtime.async;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A retried future, or one that depends on it. An error that it fails with has been retried; that
 * cannot be told from the error, which unrelated calls may share.
 */
abstract class MarkedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  /** Returns the retried future that this one depends on, or this one itself. */
  abstract RetryFuture<?> origin();

  /** Returns whether {@code stage} fails with {@code error} because a retry gave it up. */
  static boolean hasRetriedInVain(CompletionStage<?> stage, Throwable error) {
    return stage instanceof MarkedFuture<?> future && future.origin().hasRetriedInVain(error);
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Dependent<>(origin());
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      return super.get();
    } catch (ExecutionException e) {
      origin().leavesOnThisThread();
      throw e;
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return super.get(timeout, unit);
    } catch (ExecutionException e) {
      origin().leavesOnThisThread();
      throw e;
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  @Override
  public T join() {
    try {
      return super.join();
    } catch (CompletionException e) {
      origin().leavesOnThisThread();
      throw e;
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  @Override
  public T getNow(T valueIfAbsent) {
    try {
      return super.getNow(valueIfAbsent);
    } catch (CompletionException e) {
      origin().leavesOnThisThread();
      throw e;
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  /** Later JDKs throw a copy, which does not know the last failure. */
  private CancellationException unaltered(CancellationException thrown) {
    Throwable error = this.<@Nullable Throwable>handle((value, failure) -> failure).join();
    return error instanceof CancellationException cancellation ? cancellation : thrown;
  }

  private static final class Dependent<T extends @Nullable Object> extends MarkedFuture<T> {

    private final RetryFuture<?> origin;

    Dependent(RetryFuture<?> origin) {
      this.origin = origin;
    }

    @Override
    RetryFuture<?> origin() {
      return origin;
    }
  }
}
