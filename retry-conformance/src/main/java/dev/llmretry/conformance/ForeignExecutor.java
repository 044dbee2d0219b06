package dev.llmretry.conformance;

import java.util.concurrent.Executor;

/** Runs tasks on the calling thread, with another context class loader than the call was made. */
final class ForeignExecutor implements Executor {

  private final ClassLoader callers = Thread.currentThread().getContextClassLoader();
  private final ClassLoader own = new ClassLoader(null) {};
  private boolean restored = true;

  @Override
  public void execute(Runnable task) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(own);
    try {
      task.run();
      restored &= thread.getContextClassLoader() == own;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Returns whether the current thread has the context class loader of the call. */
  boolean hasCallersLoader() {
    return Thread.currentThread().getContextClassLoader() == callers;
  }

  /** Returns whether all tasks left the context class loader as they found it. */
  boolean isRestored() {
    return restored;
  }
}
