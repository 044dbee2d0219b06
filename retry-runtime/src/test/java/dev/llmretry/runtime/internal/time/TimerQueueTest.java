package dev.llmretry.runtime.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.Registration;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TimerQueueTest {

  private static final long FAR = TimeUnit.HOURS.toNanos(1);

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final AtomicInteger threads = new AtomicInteger();
  private final TimerQueue queue = new TimerQueue(this::thread, Runnable::run);
  private final List<Integer> run = Collections.synchronizedList(new ArrayList<>());

  private Thread thread(Runnable work) {
    threads.incrementAndGet();
    var thread = new Thread(work, "timers under test");
    thread.setDaemon(true);
    return thread;
  }

  /** Holds up the thread of the queue, so that what is due waits; returns what lets it go on. */
  private Semaphore holdUp() throws InterruptedException {
    var running = new CountDownLatch(1);
    var goOn = new Semaphore(0);
    queue.schedule(
        System.nanoTime() - 2 * FAR,
        () -> {
          running.countDown();
          goOn.acquireUninterruptibly();
        });
    running.await();
    return goOn;
  }

  /** Waits until all that has fallen due before has run. */
  private void flush() throws InterruptedException {
    var flushed = new CountDownLatch(1);
    queue.schedule(System.nanoTime(), flushed::countDown);
    flushed.await();
  }

  @Test
  void actionsRunInTheOrderOfTheirTimesWhateverIsTakenBack() throws InterruptedException {
    var random = new Random(42);
    for (int round = 0; round < 200; round++) {
      run.clear();
      Semaphore goOn = holdUp();
      int count = 1 + random.nextInt(100);
      List<Integer> times = new ArrayList<>();
      for (int time = 0; time < count; time++) {
        times.add(time);
      }
      Collections.shuffle(times, random);
      List<Integer> kept = new ArrayList<>();
      List<Registration> others = new ArrayList<>();
      long past = System.nanoTime() - FAR;
      for (int time : times) {
        Registration registration = queue.schedule(past + time, () -> run.add(time));
        if (random.nextBoolean()) {
          kept.add(time);
        } else {
          others.add(registration);
        }
        if (random.nextInt(3) == 0 && !others.isEmpty()) {
          others.remove(random.nextInt(others.size())).close();
        }
      }
      others.forEach(Registration::close);
      others.forEach(Registration::close);
      goOn.release();
      flush();
      Collections.sort(kept);
      assertThat(run).isEqualTo(kept);
    }
    assertThat(threads).hasValue(1);
  }

  @Test
  void anEarlierTimeWakesTheThreadThatWaitsForALaterOne() throws InterruptedException {
    Registration later = queue.schedule(System.nanoTime() + FAR, () -> run.add(1));
    flush();
    later.close();
    assertThat(run).isEmpty();
  }

  @Test
  void whatRunsIsNotTakenBackAnyMore() throws InterruptedException {
    var running = new CountDownLatch(1);
    var goOn = new Semaphore(0);
    Registration registration =
        queue.schedule(
            System.nanoTime(),
            () -> {
              running.countDown();
              goOn.acquireUninterruptibly();
              run.add(1);
            });
    running.await();
    registration.close();
    goOn.release();
    flush();
    assertThat(run).containsExactly(1);
    registration.close();
  }

  @Test
  void anActionMaySetAndTakeBackTimers() throws InterruptedException {
    Semaphore goOn = holdUp();
    long past = System.nanoTime() - FAR;
    List<Registration> next = new ArrayList<>();
    queue.schedule(
        past,
        () -> {
          next.forEach(Registration::close);
          queue.schedule(past + 2, () -> run.add(2));
        });
    next.add(queue.schedule(past + 1, () -> run.add(1)));
    queue.schedule(past + 3, () -> run.add(3));
    goOn.release();
    flush();
    assertThat(run).containsExactly(2, 3);
  }

  @Test
  void anActionThatThrowsOrLeavesAnInterruptDoesNotStopTheOthers() throws InterruptedException {
    queue.schedule(
        System.nanoTime() - FAR,
        () -> {
          throw new AssertionError("on purpose");
        });
    queue.schedule(
        System.nanoTime() - FAR,
        () -> SneakyThrow.<RuntimeException>of(new Throwable("neither exception nor error")));
    queue.schedule(System.nanoTime() - FAR, () -> Thread.currentThread().interrupt());
    queue.schedule(System.nanoTime(), () -> run.add(1));
    flush();
    assertThat(run).containsExactly(1);
    assertThat(threads).hasValue(1);
    String warning = "A scheduled action failed";
    assertThat(log.warnings()).as("of each").containsExactly(warning, warning);
  }

  @Test
  void aThreadThatCannotBeStartedIsTriedAgain() throws InterruptedException {
    var attempts = new AtomicInteger();
    var poor =
        new TimerQueue(
            work -> {
              if (attempts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return thread(work);
            },
            Runnable::run);
    assertThatThrownBy(() -> poor.schedule(System.nanoTime(), () -> run.add(1)))
        .isInstanceOf(OutOfMemoryError.class);
    var done = new CountDownLatch(1);
    poor.schedule(System.nanoTime(), done::countDown);
    done.await();
    assertThat(run).isEmpty();
  }

  @Test
  void timesAreComparedByTheirDifference() throws InterruptedException {
    Semaphore goOn = holdUp();
    long past = System.nanoTime() - FAR;
    queue.schedule(past + 1, () -> run.add(2));
    queue.schedule(past, () -> run.add(1));
    Registration farthest = queue.schedule(past + Long.MAX_VALUE, () -> run.add(3));
    goOn.release();
    flush();
    farthest.close();
    assertThat(run).containsExactly(1, 2);
  }

  @Test
  void nothingRefersToWhatHasRunOrWasTakenBack() throws InterruptedException {
    Object[] referents = {new Object(), new Object()};
    List<WeakReference<Object>> references =
        List.of(new WeakReference<>(referents[0]), new WeakReference<>(referents[1]));
    Registration ran = queue.schedule(System.nanoTime(), touching(referents[0]));
    Registration closed = queue.schedule(System.nanoTime() + FAR, touching(referents[1]));
    closed.close();
    flush();
    referents[0] = null;
    referents[1] = null;
    for (WeakReference<Object> reference : references) {
      while (reference.get() != null) {
        System.gc();
      }
    }
    ran.close();
    closed.close();
  }

  private static Runnable touching(Object referent) {
    return referent::hashCode;
  }

  @Test
  void whatSeveralThreadsSetRunsOnceUnlessTakenBack() throws InterruptedException {
    int each = 2_000;
    var kept = new AtomicInteger();
    var closed = new AtomicInteger();
    var closedLate = new AtomicInteger();
    List<Thread> setters = new ArrayList<>();
    for (int setter = 0; setter < 4; setter++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  queue.schedule(System.nanoTime() + i % 100, kept::incrementAndGet);
                  queue.schedule(System.nanoTime() + FAR, closed::incrementAndGet).close();
                  queue.schedule(System.nanoTime(), closedLate::incrementAndGet).close();
                }
              });
      setters.add(thread);
      thread.start();
    }
    for (Thread setter : setters) {
      setter.join();
    }
    flush();
    assertThat(kept).hasValue(4 * each);
    assertThat(closed).hasValue(0);
    assertThat(closedLate.get()).isBetween(0, 4 * each);
    assertThat(threads).hasValue(1);
  }

  @Test
  void theThreadEndsWhenItIsIdleAndIsStartedAgain() throws InterruptedException {
    var ranOn = new ArrayList<Thread>();
    for (int i = 1; i <= 2; i++) {
      var run = new CountDownLatch(1);
      queue.schedule(System.nanoTime() + FAR, () -> {}).close();
      queue.schedule(
          System.nanoTime(),
          () -> {
            ranOn.add(Thread.currentThread());
            run.countDown();
          });
      run.await();
      ranOn.get(i - 1).join();
      assertThat(threads).hasValue(i);
    }
  }

  /** Schedules with ever less stack left, until it overflows. */
  private void scheduleDeepDown(List<Registration> registrations) {
    try {
      scheduleDeepDown(registrations);
    } finally {
      registrations.add(queue.schedule(System.nanoTime() + FAR, () -> run.add(-1)));
    }
  }

  @Test
  void aStackOverflowLeavesNeitherTheLockNorTheHeapInDisorder() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<Registration> registrations = new ArrayList<>(100_000);
      var overflowing =
          new Thread(
              null,
              () ->
                  assertThatThrownBy(() -> scheduleDeepDown(registrations))
                      .isInstanceOf(VirtualMachineError.class),
              "little stack",
              256 * 1024);
      overflowing.start();
      overflowing.join();
      registrations.forEach(Registration::close);
      flush();
    }
    assertThat(run).isEmpty();
    assertThat(threads).hasValue(1);
  }
}
