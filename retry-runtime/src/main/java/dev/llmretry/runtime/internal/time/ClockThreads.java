package dev.llmretry.runtime.internal.time;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;

/** Creates the threads of the system clock. */
final class ClockThreads {

  private ClockThreads() {}

  /**
   * Creates a daemon that retains nothing of the thread that needs it: no thread-locals, class
   * loader or thread group, and no access control context, which on older JDKs refers to the class
   * loaders of all callers. Its context class loader is the system class loader, as in the common
   * pool, since actions may be user code, which may start threads that inherit it.
   */
  static Thread create(String name, Runnable work) {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    ThreadGroup group = root;
    Thread thread = withoutContext(() -> new Thread(group, work, name, 0, false));
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    thread.setDaemon(true);
    return thread;
  }

  @SuppressWarnings("removal")
  private static Thread withoutContext(PrivilegedAction<Thread> making) {
    try {
      return AccessController.doPrivileged(
          making, new AccessControlContext(new ProtectionDomain[0]));
    } catch (NoClassDefFoundError e) {
      return making.run();
    }
  }
}
