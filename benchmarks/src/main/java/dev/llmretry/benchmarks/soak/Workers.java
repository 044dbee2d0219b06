package dev.llmretry.benchmarks.soak;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that make calls, one after another each: platform threads, and virtual ones if any. */
final class Workers {

  static final int PLATFORM = 64;
  private static final int VIRTUAL = 256;

  private final ExecutorService platform = Executors.newFixedThreadPool(PLATFORM);
  private final ExecutorService virtual = virtualThreads();

  /** Returns how many virtual threads there will be. */
  static int virtualCount() throws InterruptedException {
    ExecutorService threads = virtualThreads();
    if (threads == null) {
      return 0;
    }
    end(threads);
    return VIRTUAL;
  }

  /** Has all threads do {@code work}, and waits until they have done it. */
  void run(Runnable work) throws InterruptedException, ExecutionException {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < PLATFORM; i++) {
      all.add(platform.submit(work));
    }
    for (int i = 0; virtual != null && i < VIRTUAL; i++) {
      all.add(virtual.submit(work));
    }
    for (Future<?> each : all) {
      each.get();
    }
    end(platform);
    if (virtual != null) {
      end(virtual);
    }
  }

  static void end(ExecutorService threads) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("A thread does not end");
    }
  }

  /** JDK 21 and later have them; this is compiled for 17. */
  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invoke();
    } catch (NoSuchMethodException e) {
      return null;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
