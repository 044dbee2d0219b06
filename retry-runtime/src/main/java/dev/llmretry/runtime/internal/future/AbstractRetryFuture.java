package dev.llmretry.runtime.internal.future;

import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The future of a retried call. Completing it from outside ends the call first, so that it has
 * ended when dependents run.
 *
 * @param <T> the result
 */
abstract class AbstractRetryFuture<T extends @Nullable Object> extends TrackedFuture<T> {

  /** Ends the call, and cancels what is in flight. */
  abstract void stop();

  /** Returns whether the call is exhausted and ended with this error or one of its causes. */
  abstract boolean hasExhausted(Throwable error);

  /** Records that the error of the call is thrown on this thread, if it is exhausted. */
  abstract void recordExhausted();

  /** Completes this future when the call has ended. */
  final void end(T result) {
    super.complete(result);
  }

  /** Completes this future when the call has ended. */
  final void endExceptionally(Throwable error) {
    super.completeExceptionally(error);
  }

  /** Completes this future. A rejected result that is not retried is the result. */
  @SuppressWarnings({"unchecked", "NullAway"}) // it was the result of an attempt
  final void endWith(RetryPolicy policy, Throwable terminal) {
    if (terminal instanceof RejectedResultException rejected && rejected.isOf(policy)) {
      end((T) rejected.result());
    } else {
      endExceptionally(terminal);
    }
  }

  private boolean stop(BooleanSupplier completion) {
    try {
      stop();
    } catch (Throwable e) {
      var unused = completion.getAsBoolean();
      throw e;
    }
    return completion.getAsBoolean();
  }

  @Override
  AbstractRetryFuture<?> origin() {
    return this;
  }

  @Override
  public boolean complete(T value) {
    return stop(() -> super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable error) {
    return stop(() -> super.completeExceptionally(error));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return stop(() -> super.cancel(mayInterruptIfRunning));
  }

  @Override
  public void obtrudeValue(T value) {
    stop(
        () -> {
          super.obtrudeValue(value);
          return true;
        });
  }

  @Override
  public void obtrudeException(Throwable error) {
    stop(
        () -> {
          super.obtrudeException(error);
          return true;
        });
  }

  /** The superclass does not call {@link #complete}. */
  @Override
  public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
    executor.execute(
        () -> {
          try {
            complete(supplier.get());
          } catch (Throwable e) {
            completeExceptionally(e);
          }
        });
    return this;
  }
}
