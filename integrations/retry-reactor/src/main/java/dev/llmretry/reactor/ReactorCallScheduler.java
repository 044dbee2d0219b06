package dev.llmretry.reactor;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.LibraryScheduler;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/** Uses Reactor's scheduler for timed work, unless the runtime has a clock or an executor set. */
final class ReactorCallScheduler extends LibraryScheduler {

  ReactorCallScheduler(RetryRuntime runtime) {
    super(runtime);
  }

  @Override
  protected Registration runLater(Runnable step, long nanos) {
    return Schedulers.parallel().schedule(step, nanos, TimeUnit.NANOSECONDS)::dispose;
  }
}
