package dev.llmretry.benchmarks.soak;

import dev.llmretry.benchmarks.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that make calls, one after another each: platform threads, and virtual ones if any. */
final class Workers {

  static final int VIRTUAL = VirtualThreads.areKnownTo(Runtime.version()) ? 256 : 0;
  static final int PLATFORM = VIRTUAL > 0 ? 64 : 128;

  private Workers() {}

  /** Has all threads do {@code work}, and waits until they have done it. */
  static void run(Runnable work) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(PLATFORM + VIRTUAL, Workers.threads());
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < PLATFORM + VIRTUAL; i++) {
      all.add(threads.submit(work));
    }
    for (Future<?> each : all) {
      each.get();
    }
    end(threads);
  }

  /** Makes the virtual threads first, then platform threads. */
  private static ThreadFactory threads() {
    if (VIRTUAL == 0) {
      return Executors.defaultThreadFactory();
    }
    AtomicInteger made = new AtomicInteger();
    ThreadFactory virtual = VirtualThreads.factory();
    ThreadFactory platform = Executors.defaultThreadFactory();
    return work -> (made.getAndIncrement() < VIRTUAL ? virtual : platform).newThread(work);
  }

  static void end(ExecutorService threads) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("A thread does not end");
    }
  }
}
