package dev.llmretry.reactor;

import dev.llmretry.runtime.internal.execution.RetryExecution;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Serialises the events of a call, and drops those after its end. Failures, delays and the result
 * are serial already, but the subscriber may cancel at any time, on any thread.
 */
final class SerialExecution {

  private final RetryExecution execution;

  /**
   * The number of events that have arrived, including the one being handled; not reset once the
   * call has ended.
   */
  private final AtomicInteger pending = new AtomicInteger();

  SerialExecution(RetryExecution execution) {
    this.execution = execution;
  }

  /**
   * Handles an event after which the call may continue.
   *
   * @param event handles the event, and returns the terminal error, or null if the call continues
   * @param otherwise the error to signal if the call has ended before
   * @return a sequence that completes if the call continues, and otherwise fails with the terminal
   *     error
   */
  Mono<Void> handle(Function<RetryExecution, @Nullable Throwable> event, Throwable otherwise) {
    Throwable end = decide(event, otherwise);
    return end == null ? Mono.empty() : failing(end);
  }

  /**
   * As {@link #handle}, at once.
   *
   * @param event handles the event, and returns the terminal error, or null if the call continues
   * @param otherwise the error to return if the call has ended before
   * @return the terminal error, or null if the call continues
   */
  @Nullable Throwable decide(
      Function<RetryExecution, @Nullable Throwable> event, Throwable otherwise) {
    if (pending.getAndIncrement() > 0) {
      return otherwise;
    }
    Throwable end = event.apply(execution);
    if (end == null && pending.decrementAndGet() > 0) {
      end = execution.onCancelled(); // cancelled by the subscriber meanwhile
    }
    return end;
  }

  /** Hides that the error is known at assembly: Reactor would throw one that it considers fatal. */
  private static Mono<Void> failing(Throwable error) {
    return Mono.<Void>error(error).hide();
  }

  /** An attempt begins. */
  void onAttemptStarted() {
    if (execution.runtime().listener() == null || pending.getAndIncrement() > 0) {
      return; // nobody to notify, or cancelled by the subscriber
    }
    execution.onAttemptStarted();
    if (pending.decrementAndGet() > 0) {
      execution.onCancelled();
    }
  }

  void onSuccess() {
    if (pending.getAndIncrement() == 0) {
      execution.onSuccess();
    }
  }

  /** The subscriber has cancelled, so the error is not signalled. */
  void onSubscriberCancelled() {
    if (pending.getAndIncrement() == 0) {
      execution.onCancelled();
    }
  }
}
