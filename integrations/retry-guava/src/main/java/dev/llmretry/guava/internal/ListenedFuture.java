package dev.llmretry.guava.internal;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.Results;
import dev.llmretry.runtime.internal.future.RetryFuture;
import dev.llmretry.runtime.internal.util.Log;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a retried call for a library whose futures are not completion stages, but take
 * listeners. A subclass implements the library's interface and adds nothing:
 *
 * <pre>{@code
 * final class RetriedFuture<T> extends ListenedFuture<T> implements ListenableFuture<T> {
 *   RetriedFuture(CompletableFuture<T> future) {
 *     super(future);
 *   }
 * }
 *
 * ListenedFuture.retry(
 *     runtime, policy, token, call, ListenableFuture::addListener, RetriedFuture::new);
 * }</pre>
 *
 * @param <T> the result
 */
public abstract class ListenedFuture<T extends @Nullable Object> implements Future<T> {

  private final CompletableFuture<T> future;

  /**
   * Creates a view of a future.
   *
   * @param future the future to delegate to
   */
  protected ListenedFuture(CompletableFuture<T> future) {
    this.future = future;
  }

  /**
   * Retries a call, as {@link dev.llmretry.runtime.AsyncRetry} does.
   *
   * @param <T> the result
   * @param <F> the library's futures
   * @param runtime clock, executor, listeners and token of the call
   * @param policy the settings
   * @param token cancels the call; null for none
   * @param call makes an attempt each time it is called
   * @param listening adds a listener to an attempt's future
   * @param view creates the returned future
   * @return the first attempt's future if it is done already and has a result, else a view of the
   *     call's future
   */
  public static <T extends @Nullable Object, F extends Future<? extends T>> F retry(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends F> call,
      Listening<? super F> listening,
      Function<? super CompletableFuture<T>, ? extends F> view) {
    CompletableFuture<T> result =
        RetryFuture.start(
            runtime,
            policy,
            token,
            attempt -> stageOf(Results.requireReturned(policy, call.call(attempt)), listening));
    if (result instanceof FutureStage<T> stage) {
      @SuppressWarnings("unchecked") // the stage of the first attempt's future
      F first = (F) stage.future();
      return first;
    }
    return view.apply(result);
  }

  private static <T extends @Nullable Object, F extends Future<? extends T>>
      CompletionStage<? extends T> stageOf(F future, Listening<? super F> listening) {
    CompletableFuture<? extends T> retried = retriedBehind(future);
    if (retried != null && (!retried.isDone() || retried.isCompletedExceptionally())) {
      return retried;
    }
    var stage = new FutureStage<T>(future);
    if (future.isDone()) {
      stage.run();
    } else {
      listening.listen(future, stage, Runnable::run);
    }
    return stage;
  }

  /**
   * Returns the retried future of an instance of this class, which tracks nested retries; null for
   * others.
   */
  @SuppressWarnings("unchecked")
  private static <T extends @Nullable Object>
      @Nullable CompletableFuture<? extends T> retriedBehind(Future<? extends T> future) {
    return future instanceof ListenedFuture<?> listened
        ? ((ListenedFuture<? extends T>) listened).future
        : null;
  }

  /**
   * Runs {@code listener} on {@code executor} when this future is done, or at once if it is done
   * already. Exceptions of either are logged.
   *
   * @param listener the listener
   * @param executor runs the listener
   */
  public void addListener(Runnable listener, Executor executor) {
    requireNonNull(listener, "listener");
    requireNonNull(executor, "executor");
    var unused = future.whenComplete((value, error) -> notify(listener, executor));
  }

  private static void notify(Runnable listener, Executor executor) {
    try {
      executor.execute(listener);
    } catch (Throwable e) {
      Log.warning("A listener of a future failed, or its executor did", e);
    }
  }

  /**
   * Ends the call: a delay is cut short, and the future of an attempt in flight is cancelled, with
   * an interrupt where it supports that.
   *
   * @param mayInterruptIfRunning has no effect
   */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return future.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isCancelled() {
    return future.isCancelled();
  }

  @Override
  public boolean isDone() {
    return future.isDone();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw unaltered(e);
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return future.get(timeout, unit);
    } catch (ExecutionException e) {
      throw unaltered(e);
    } catch (CancellationException e) {
      throw unaltered(e);
    }
  }

  /** {@code CompletableFuture} unwraps an error that looks like its own wrapper. */
  private ExecutionException unaltered(ExecutionException thrown) {
    Throwable error = error();
    return error == null || error == thrown.getCause() ? thrown : new ExecutionException(error);
  }

  /** {@code CompletableFuture} throws a copy on later JDKs. */
  private CancellationException unaltered(CancellationException thrown) {
    return error() instanceof CancellationException cancellation ? cancellation : thrown;
  }

  private @Nullable Throwable error() {
    return future.<@Nullable Throwable>handle((value, error) -> error).join();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + future + "]";
  }

  /**
   * Adds a listener to a future of another library.
   *
   * @param <F> the library's futures
   */
  @FunctionalInterface
  public interface Listening<F> {

    /**
     * Adds {@code listener} to {@code future}.
     *
     * @param future a future of the library
     * @param listener runs when the future is done
     * @param executor runs the listener
     */
    void listen(F future, Runnable listener, Executor executor);
  }
}
