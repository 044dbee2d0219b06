package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.Registration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Delays here are either endless, and cut short, or very short: no test depends on their length.
 */
@Timeout(60)
class SystemBackoffClockTest {

  private static final long FOREVER = Long.MAX_VALUE;

  private final BackoffClock clock = BackoffClock.system();
  private final CancellationSource source = new CancellationSource();
  private final ObservedToken token = new ObservedToken(source.token());

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  @Test
  void sleepsNoShorterThanAsked() throws InterruptedException {
    long begun = System.nanoTime();
    clock.sleep(2_000_000, token);
    assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(2_000_000);
    assertThat(token.registered()).isZero();
  }

  @Test
  void aDelayThatIsNotPositiveReturnsAtOnce() throws InterruptedException {
    clock.sleep(0, token);
    clock.sleep(-1, token);
    clock.sleep(Long.MIN_VALUE, token);
  }

  @Test
  void aCancelledTokenReturnsAtOnce() throws InterruptedException {
    source.cancel();
    clock.sleep(FOREVER, token);
  }

  @Test
  void cancellingEndsTheWait() throws InterruptedException {
    clock.schedule(Duration.ofMillis(1), source::cancel);
    clock.sleep(FOREVER, token);
    assertThat(source.isCancelled()).isTrue();
    assertThat(token.registered()).isZero();
  }

  @Test
  void interruptingEndsTheWait() {
    Thread sleeper = Thread.currentThread();
    clock.schedule(Duration.ofMillis(1), sleeper::interrupt);
    assertThatThrownBy(() -> clock.sleep(FOREVER, token)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(token.registered()).isZero();
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> clock.sleep(0, token)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aScheduledActionRunsOnADaemonWithTheSystemsContextClassLoader() {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    clock.schedule(0, () -> ranOn.complete(Thread.currentThread()));
    Thread timer = ranOn.join();
    assertThat(timer.isDaemon()).isTrue();
    assertThat(timer.getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
    assertThat(timer).isNotSameAs(Thread.currentThread());
  }

  @Test
  void anActionThatThrowsDoesNotEndTheTimer() {
    clock.schedule(
        0,
        () -> {
          throw new AssertionError("on purpose");
        });
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    clock.schedule(0, () -> ran.complete(true));
    assertThat(ran.join()).isTrue();
  }

  @Test
  void aClosedActionDoesNotRun() {
    CompletableFuture<String> first = new CompletableFuture<>();
    clock.schedule(Duration.ofHours(1), () -> first.complete("closed one")).close();
    clock.schedule(0, () -> first.complete("other one"));
    assertThat(first.join()).isEqualTo("other one");
  }

  @Test
  void anActionDoesNotWaitForOthersThatBlock() {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      clock.schedule(0, () -> awaitUninterruptibly(end));
    }
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    clock.schedule(0, () -> ran.complete(true));
    assertThat(ran.join()).isTrue();
    end.countDown();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void longDurationsDoNotOverflow() {
    clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).close();
  }

  @Test
  void returnsWallTime() {
    assertThat(clock.instant()).isBetween(Instant.EPOCH, Instant.MAX);
    assertThat(clock.nanoTime()).isLessThanOrEqualTo(System.nanoTime());
  }

  @Test
  void aClassLoaderIsCollectedOnceTimersAreIdle() throws Exception {
    var loader = new WeakReference<>(useClockOfAnotherLoader());
    while (loader.get() != null) { // as soon as the threads have ended
      System.gc();
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** As an application in a container does, with all that its threads may keep. */
  private static ClassLoader useClockOfAnotherLoader() throws Exception {
    URL runtime = BackoffClock.class.getProtectionDomain().getCodeSource().getLocation();
    URL annotations = FailureKind.class.getProtectionDomain().getCodeSource().getLocation();
    var loader =
        new URLClassLoader(new URL[] {runtime, annotations}, ClassLoader.getPlatformClassLoader());
    Class<?> type = loader.loadClass(BackoffClock.class.getName());
    Object system = type.getMethod("system").invoke(null);
    var context = new InheritableThreadLocal<Object>();
    context.set(system);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      var run = new CountDownLatch(1);
      Runnable action =
          () -> {
            var local = new ThreadLocal<Object>();
            local.set(system);
            Thread.currentThread().setContextClassLoader(system.getClass().getClassLoader());
            run.countDown();
          };
      Method schedule = type.getMethod("schedule", long.class, Runnable.class);
      schedule.invoke(system, 1L, action);
      Object closed = schedule.invoke(system, FOREVER, action);
      run.await();
      loader.loadClass(Registration.class.getName()).getMethod("close").invoke(closed);
    } finally {
      thread.setContextClassLoader(before);
      context.remove();
    }
    return loader;
  }

  /** Removed from future JDKs. */
  private static final class WithoutAccessControl extends ClassLoader {

    WithoutAccessControl() {
      super(SystemBackoffClockTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.security.AccessControl")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.llmretry.runtime.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void timersRunWhereThereAreNoAccessControlContexts() throws Exception {
    Class<?> type = new WithoutAccessControl().loadClass(BackoffClock.class.getName());
    Object system = type.getMethod("system").invoke(null);
    var run = new CountDownLatch(1);
    type.getMethod("schedule", long.class, Runnable.class)
        .invoke(system, 0L, (Runnable) run::countDown);
    run.await();
  }
}
