package dev.llmretry.reactor;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.RetryRuntime;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** How to wait: as Reactor does, unless the runtime has a clock or an executor of its own. */
final class Timing {

  private final BackoffClock clock;
  private final Mono<Void> hop;

  Timing(RetryRuntime runtime) {
    clock = runtime.clock();
    hop =
        isSystem(clock) && !runtime.hasOwnExecutor()
            ? Mono.empty()
            : Mono.create(sink -> runtime.executor().execute(sink::success));
  }

  /**
   * Completes after so many nanoseconds, on a thread on which attempts may be made; fails if the
   * clock or the executor refuses.
   */
  Mono<Void> pause(long nanos) {
    return nanos > 0 ? timer(nanos).then(hop) : hop;
  }

  /** As {@link #pause}; but if the executor refuses, it completes on the clock's thread. */
  Mono<Void> timeout(long nanos) {
    return timer(nanos).then(hop.onErrorComplete());
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
