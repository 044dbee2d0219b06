package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Delays here are either endless, and cut short, or very short: no test depends on their length.
 */
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
  void aScheduledActionRunsOnADaemonWithoutContextClassLoader() {
    CompletableFuture<Thread> ranOn = new CompletableFuture<>();
    clock.schedule(0, () -> ranOn.complete(Thread.currentThread()));
    Thread timer = ranOn.join();
    assertThat(timer.isDaemon()).isTrue();
    assertThat(timer.getContextClassLoader()).isNull();
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
    CountDownLatch timerIsFree = new CountDownLatch(1);
    clock.schedule(0, () -> awaitUninterruptibly(timerIsFree));
    CompletableFuture<String> first = new CompletableFuture<>();
    clock.schedule(0, () -> first.complete("closed one")).close();
    clock.schedule(0, () -> first.complete("other one"));
    timerIsFree.countDown();
    assertThat(first.join()).isEqualTo("other one");
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
