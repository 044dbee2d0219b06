package dev.llmretry.benchmarks;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Many virtual threads share the client. In each call the provider lets other threads go first, so
 * that all calls are under way at once. The threads are started anew each time; their own cost is
 * spread over the calls.
 */
public class VirtualThreadsBenchmark extends CallBenchmark {

  private static final int THREADS = 10_000;
  private static final int CALLS = 50;

  @Param("APART")
  public Setting setting;

  @Param({
    "DIRECT",
    "HAND_WRITTEN",
    "GENERATED",
    "GENERATED_SHARED",
    "GENERATED_AWAKE",
    "RETRY_CALL",
    "WOVEN",
    "FAILSAFE",
    "RESILIENCE4J",
    "SPRING_TEMPLATE",
    "SPRING",
    "SMALLRYE",
    "MICRONAUT",
    "GUAVA_RETRYING",
    "JCABI"
  })
  public Client client;

  private final ThreadFactory threads = VirtualThreads.factory();
  private final String prompt = "Are you there?";
  private ChatClient target;

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    target = setting.around(new Provider.Yielding(), client);
  }

  @Benchmark
  @OperationsPerInvocation(THREADS * CALLS)
  public int calls() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch running = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      threads.newThread(() -> callAndCount(done, running)).start();
    }
    running.await();
    if (done.get() != THREADS) {
      throw new IllegalStateException("A call failed");
    }
    return done.get();
  }

  private void callAndCount(AtomicInteger done, CountDownLatch running) {
    try {
      for (int i = 0; i < CALLS; i++) {
        if (!target.complete(prompt).equals(prompt)) {
          throw new IllegalStateException("Not the answer");
        }
      }
      done.incrementAndGet();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      running.countDown();
    }
  }
}
