package dev.llmretry.runtime.internal.future;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The future of a retried call, or one that depends on it. It refers to the call, since an error
 * that unrelated calls may share does not show whether it has been retried.
 */
abstract class TrackedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  /** Returns the retried future on which this one depends, or this one itself. */
  abstract AbstractRetryFuture<?> origin();

  /**
   * Returns whether {@code stage} depends on a retried call that is exhausted and ended with {@code
   * error}.
   */
  static boolean hasExhausted(CompletionStage<?> stage, Throwable error) {
    return stage instanceof TrackedFuture<?> future && future.origin().hasExhausted(error);
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
      origin().recordExhausted();
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
      origin().recordExhausted();
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
      origin().recordExhausted();
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
      origin().recordExhausted();
      throw e;
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  /** Later JDKs throw a copy, without the last failure. */
  private CancellationException unaltered(CancellationException thrown) {
    Throwable error = this.<@Nullable Throwable>handle((value, failure) -> failure).join();
    return error instanceof CancellationException cancellation ? cancellation : thrown;
  }

  private static final class Dependent<T extends @Nullable Object> extends TrackedFuture<T> {

    private final AbstractRetryFuture<?> origin;

    Dependent(AbstractRetryFuture<?> origin) {
      this.origin = origin;
    }

    @Override
    AbstractRetryFuture<?> origin() {
      return origin;
    }
  }
}
