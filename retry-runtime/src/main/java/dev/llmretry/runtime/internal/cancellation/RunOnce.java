package dev.llmretry.runtime.internal.cancellation;

import dev.llmretry.runtime.Registration;
import java.util.concurrent.atomic.AtomicReference;

/** An action that runs at most once, and not at all after it has been closed. */
class RunOnce extends AtomicReference<Runnable> implements Runnable, Registration {

  private static final long serialVersionUID = 1;

  RunOnce(Runnable action) {
    super(action);
  }

  @Override
  public void run() {
    getAndSet(RunOnce::doNothing).run();
  }

  @Override
  public void close() {
    set(RunOnce::doNothing);
  }

  private static void doNothing() {}
}
