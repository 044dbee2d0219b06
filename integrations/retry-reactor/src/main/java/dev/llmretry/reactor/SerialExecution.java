package dev.llmretry.reactor;

import dev.llmretry.runtime.internal.execution.RetryExecution;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Serialises the events of a call, and drops those after its end. Failures, delays and the result
 * come one after another, but the subscriber may cancel at any time, on any thread.
 */
final class SerialExecution {

  private final RetryExecution execution;

  /** How many events have arrived while one is handled; not reset once the call has ended. */
  private final AtomicInteger pending = new AtomicInteger();

  SerialExecution(RetryExecution execution) {
    this.execution = execution;
  }

  /**
   * Handles an event that the call may outlive.
   *
   * @param event handles it, and returns the terminal error, or null if the call goes on
   * @param otherwise the error to end with if the call has ended before
   * @return what completes if the call goes on, and else fails with the terminal error
   */
  Mono<Void> handle(Function<RetryExecution, @Nullable Throwable> event, Throwable otherwise) {
    if (pending.getAndIncrement() > 0) {
      return failing(otherwise);
    }
    Throwable end = event.apply(execution);
    if (end == null && pending.decrementAndGet() > 0) {
      end = execution.onCancelled(); // by the subscriber, meanwhile
    }
    return end == null ? Mono.empty() : failing(end);
  }

  /** Where Reactor knows an error before it is signalled, it throws one that it takes for fatal. */
  private static Mono<Void> failing(Throwable error) {
    return Mono.<Void>error(error).hide();
  }

  void onSuccess() {
    if (pending.getAndIncrement() == 0) {
      execution.onSuccess();
    }
  }

  /** The subscriber has cancelled: there is nobody to signal the error to. */
  void onSubscriberCancelled() {
    if (pending.getAndIncrement() == 0) {
      execution.onCancelled();
    }
  }
}
