package dev.llmretry.runtime.async;

import static java.util.Objects.requireNonNull;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.Log;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A retried call as a future of another library, of those whose futures are no completion stages
 * but take listeners. For such a library, a subclass implements its interface and adds nothing:
 *
 * <pre>{@code
 * final class Retried<T> extends ListenedFuture<T> implements ListenableFuture<T> {
 *   Retried(CompletableFuture<T> future) {
 *     super(future);
 *   }
 * }
 *
 * ListenedFuture.retry(
 *     runtime, policy, token, call, ListenableFuture::addListener, Retried::new);
 * }</pre>
 *
 * @param <T> what the future results in
 */
public abstract class ListenedFuture<T extends @Nullable Object> implements Future<T> {

  private final CompletableFuture<T> future;

  /**
   * Makes a future that completes as {@code future} does, and is cancelled by cancelling it.
   *
   * @param future what this one is a view of
   */
  protected ListenedFuture(CompletableFuture<T> future) {
    this.future = future;
  }

  /**
   * Retries a call just as {@link AsyncRetry} does. If the first attempt's future is complete
   * already and has a result, it is returned itself.
   *
   * @param <T> what the future results in
   * @param <F> the library's futures
   * @param runtime the clock, executor, listener and token of the call
   * @param policy the settings
   * @param token the call's own token; null if {@code call} takes none
   * @param call makes an attempt each time it is called
   * @param listening adds a listener to an attempt's future
   * @param view makes the subclass's future
   * @return the subclass's future, or the first attempt's own
   */
  public static <T extends @Nullable Object, F extends Future<? extends T>> F retry(
      RetryRuntime runtime,
      RetryPolicy policy,
      @Nullable CancellationToken token,
      AsyncCall<? extends F> call,
      Listening<? super F> listening,
      Function<? super CompletableFuture<T>, ? extends F> view) {
    ListenedCall<T, F> adapted = new ListenedCall<>(policy, call, listening);
    CompletableFuture<T> future = RetryFuture.start(runtime, policy, token, adapted);
    F result = adapted.resultAtOnce();
    return result == null ? view.apply(future) : result;
  }

  /** Returns the future that this one is a view of. */
  final CompletableFuture<T> completable() {
    return future;
  }

  /**
   * Has {@code listener} run by {@code executor} once this future is complete, or at once if it is.
   * If one of them throws, that is logged.
   *
   * @param listener what to run
   * @param executor what runs it
   */
  public void addListener(Runnable listener, Executor executor) {
    requireNonNull(listener, "listener");
    requireNonNull(executor, "executor");
    var unused = future.whenComplete((value, error) -> tell(listener, executor));
  }

  private static void tell(Runnable listener, Executor executor) {
    try {
      executor.execute(listener);
    } catch (Throwable e) {
      Log.warning("A listener of a future failed, or its executor did", e);
    }
  }

  /**
   * Ends the call: a wait is not continued, and the future of an attempt in flight is cancelled,
   * with an interrupt if it knows how to.
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

  /** A completable future drops what it takes for its own wrapper. */
  private ExecutionException unaltered(ExecutionException reported) {
    Throwable error = error();
    return error == null || error == reported.getCause() ? reported : new ExecutionException(error);
  }

  /** A completable future of a later JDK reports a copy. */
  private CancellationException unaltered(CancellationException reported) {
    return error() instanceof CancellationException cancellation ? cancellation : reported;
  }

  private @Nullable Throwable error() {
    return future.<@Nullable Throwable>handle((value, error) -> error).join();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + future + "]";
  }

  /**
   * Adds a listener to a future of another library, which runs it once it is complete.
   *
   * @param <F> the library's futures
   */
  @FunctionalInterface
  public interface Listening<F> {

    /**
     * Adds {@code listener} to {@code future}.
     *
     * @param future a future of the library
     * @param listener what to run
     * @param executor what runs it
     */
    void listen(F future, Runnable listener, Executor executor);
  }
}
