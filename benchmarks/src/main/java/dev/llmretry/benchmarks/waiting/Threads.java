package dev.llmretry.benchmarks.waiting;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Counts threads from a moment on. */
final class Threads {

  private static final ThreadMXBean JVM = ManagementFactory.getThreadMXBean();

  private final int live = JVM.getThreadCount();
  private final long started = JVM.getTotalStartedThreadCount();

  /** Returns how many more there are. */
  int more() {
    return JVM.getThreadCount() - live;
  }

  /** Returns how many have been started, whether they are still there or not. */
  int started() {
    return (int) (JVM.getTotalStartedThreadCount() - started);
  }
}
