package dev.llmretry.benchmarks;

import java.util.concurrent.ThreadFactory;

/** Virtual threads, which the language level of this project does not know. */
public final class VirtualThreads {

  private static final int FIRST_JDK = 21;

  private VirtualThreads() {}

  public static boolean areKnownTo(Runtime.Version jdk) {
    return jdk.feature() >= FIRST_JDK;
  }

  public static ThreadFactory factory() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("JDK 21 or later is needed", e);
    }
  }
}
