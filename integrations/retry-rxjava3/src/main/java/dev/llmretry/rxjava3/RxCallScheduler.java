package dev.llmretry.rxjava3;

import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.execution.LibraryScheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;

/** Uses RxJava's scheduler for timed work, unless the runtime has a clock or an executor set. */
final class RxCallScheduler extends LibraryScheduler {

  RxCallScheduler(RetryRuntime runtime) {
    super(runtime);
  }

  @Override
  protected Registration runLater(Runnable step, long nanos) {
    return Schedulers.computation().scheduleDirect(step, nanos, TimeUnit.NANOSECONDS)::dispose;
  }
}
