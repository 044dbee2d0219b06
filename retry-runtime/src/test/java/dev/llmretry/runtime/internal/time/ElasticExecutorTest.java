package dev.llmretry.runtime.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class ElasticExecutorTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final List<Thread> started = new ArrayList<>();
  private final ElasticExecutor executor = new ElasticExecutor(this::thread);

  private Thread thread(Runnable work) {
    var thread = new Thread(work, "executor under test");
    thread.setDaemon(true);
    started.add(thread); // within the executor's monitor
    return thread;
  }

  /** Waits until a task that is submitted now has run. */
  private void flush() throws InterruptedException {
    var run = new CountDownLatch(1);
    executor.execute(run::countDown);
    run.await();
  }

  @Test
  void aTaskDoesNotWaitForOthersThatBlock() throws InterruptedException {
    var end = new Semaphore(0);
    var begun = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      executor.execute(
          () -> {
            begun.countDown();
            end.acquireUninterruptibly();
          });
    }
    flush();
    begun.await();
    end.release(100);
  }

  @Test
  void tasksAreRunByAFewThreadsIfNoneBlocks() throws InterruptedException {
    var run = new AtomicInteger();
    for (int i = 0; i < 10_000; i++) {
      executor.execute(run::incrementAndGet);
    }
    flush();
    while (run.get() < 10_000) {
      Thread.onSpinWait();
    }
    assertThat(started).hasSizeLessThan(ElasticExecutor.MAX_THREADS);
  }

  @Test
  void noMoreThreadsThanTheLimitAreStarted() throws InterruptedException {
    var end = new Semaphore(0);
    int blocked = ElasticExecutor.MAX_THREADS;
    var begun = new CountDownLatch(blocked);
    for (int i = 0; i < blocked; i++) {
      executor.execute(
          () -> {
            begun.countDown();
            end.acquireUninterruptibly();
          });
    }
    begun.await();
    var last = new CountDownLatch(1);
    executor.execute(last::countDown);
    end.release(blocked);
    last.await();
    assertThat(started).hasSize(blocked);
  }

  @Test
  void threadsEndWhenTheyAreIdleAndAreStartedAgain() throws InterruptedException {
    flush();
    for (Thread thread : List.copyOf(started)) {
      thread.join();
    }
    int before = started.size();
    flush();
    assertThat(started).hasSizeGreaterThan(before);
  }

  @Test
  void aTaskLeavesNothingToTheNext() throws InterruptedException {
    var other = new ClassLoader() {};
    executor.execute(
        () -> {
          Thread.currentThread().interrupt();
          Thread.currentThread().setContextClassLoader(other);
          throw new AssertionError("on purpose");
        });
    var seen = new ArrayList<Object>();
    var run = new CountDownLatch(1);
    executor.execute(
        () -> {
          seen.add(Thread.currentThread().isInterrupted());
          seen.add(Thread.currentThread().getContextClassLoader());
          run.countDown();
        });
    run.await();
    assertThat(seen).containsExactly(false, started.get(0).getContextClassLoader());
    assertThat(log.warnings()).containsExactly("A scheduled action failed");
  }

  @Test
  void theCallingThreadRunsATaskIfNoThreadCanBeStarted() {
    var poor =
        new ElasticExecutor(
            work -> {
              throw new OutOfMemoryError("unable to create native thread");
            });
    var ranOn = new ArrayList<Thread>();
    poor.execute(() -> ranOn.add(Thread.currentThread()));
    assertThat(ranOn).containsExactly(Thread.currentThread());
    assertThat(log.warnings()).containsExactly("A thread for timers could not be started");
  }
}
