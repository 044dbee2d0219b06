package dev.llmretry.runtime;

import java.util.concurrent.atomic.AtomicReference;

/** An action that runs at most once, and not at all after it has been closed. */
class OnceRunnable extends AtomicReference<Runnable> implements Runnable, Registration {

  private static final long serialVersionUID = 1;

  OnceRunnable(Runnable action) {
    super(action);
  }

  @Override
  public void run() {
    getAndSet(OnceRunnable::doNothing).run();
  }

  @Override
  public void close() {
    set(OnceRunnable::doNothing);
  }

  private static void doNothing() {}
}
