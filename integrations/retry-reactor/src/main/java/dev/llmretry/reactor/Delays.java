package dev.llmretry.reactor;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.CallScheduler;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Delays on Reactor's scheduler, unless the runtime has a clock or an executor set. */
final class Delays {

  private final BackoffClock clock;

  /** Completes on a thread on which attempts may be made. */
  private final Mono<Void> handOver;

  /**
   * Creates the delays of a call.
   *
   * @param runtime the environment of the call, as {@link CallScheduler#forCall} returned it
   */
  Delays(RetryRuntime runtime) {
    clock = runtime.clock();
    handOver =
        isSystem(clock) && runtime.executor() == null
            ? Mono.empty()
            : Mono.create(sink -> CallScheduler.executorOf(runtime).execute(sink::success));
  }

  /**
   * Completes after {@code nanos} nanoseconds, on a thread on which attempts may be made; fails if
   * the clock or the executor rejects it.
   */
  Mono<Void> delay(long nanos) {
    return nanos > 0 ? timer(nanos).then(handOver) : handOver;
  }

  /**
   * Completes when a time limit of {@code nanos} nanoseconds has passed, on the clock's thread,
   * since the executor may be occupied by the very attempt that the limit ends; fails if the clock
   * rejects it.
   */
  Mono<Void> timeout(long nanos) {
    return timer(nanos).then();
  }

  /** Completes on a thread on which attempts may be made. */
  Mono<Void> handOver() {
    return isSystem(clock) ? handOver.subscribeOn(Schedulers.parallel()) : handOver;
  }

  private Mono<?> timer(long nanos) {
    return isSystem(clock)
        ? Mono.delay(Duration.ofNanos(nanos))
        : Mono.create(sink -> sink.onDispose(clock.schedule(nanos, sink::success)::close));
  }

  private static boolean isSystem(BackoffClock clock) {
    return clock == BackoffClock.system();
  }
}
