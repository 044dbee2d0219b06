package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.internal.util.Log;
import org.jspecify.annotations.Nullable;

/** Makes later attempts with the context class loader of the thread that made the call. */
public final class ContextClassLoader {

  private ContextClassLoader() {}

  /**
   * Runs an action with a context class loader, and restores that of the thread.
   *
   * @param loader the context class loader, which may be null
   * @param action runs on this thread
   */
  public static void run(@Nullable ClassLoader loader, Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    if (own == loader || !trySet(thread, loader)) {
      action.run();
      return;
    }
    try {
      action.run();
    } finally {
      trySet(thread, own);
    }
  }

  private static boolean trySet(Thread thread, @Nullable ClassLoader loader) {
    try {
      thread.setContextClassLoader(loader);
      return true;
    } catch (RuntimeException e) {
      Log.warning("A thread does not accept the context class loader of a call", e);
      return false;
    }
  }
}
