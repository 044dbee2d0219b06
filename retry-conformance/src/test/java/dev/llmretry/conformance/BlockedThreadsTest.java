package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CapturedLog;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The warning that threads of a server wait for an upstream. */
class BlockedThreadsTest {

  private static final RetryPolicy POLICY = RetryPolicy.builder("call").build();

  private final VirtualBackoffClock clock = VirtualBackoffClock.manual();
  private List<Thread> threads = List.of();

  @RegisterExtension final CapturedLog log = new CapturedLog();

  @AfterEach
  void noThreadIsLeft() {
    clock.advanceUntil(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void fiftyThreadsThatWaitForTenSecondsAreReason() {
    Upstream upstream = Upstream.of("openai");
    block(50, upstream, Thread::new);
    clock.advanceUntil(() -> !log.warnings().isEmpty());
    assertThat(clock.nanoTime()).isEqualTo(Duration.ofSeconds(10).toNanos());
    assertThat(log.warnings())
        .containsExactly(
            "50 threads or more have waited for Upstream[openai] for 10 seconds. If they are a"
                + " server's, limit how many may wait: RetryRuntime.builder().upstream("
                + "Upstream.builder(\"name\").maxWaiting(50).build())");
    noThreadIsLeft();
    log.clear();
    block(60, upstream, Thread::new);
    noThreadIsLeft();
    assertThat(log.warnings()).as("only once").isEmpty();
  }

  @Test
  void fewerAreNot() {
    block(49, Upstream.of("openai"), Thread::new);
    noThreadIsLeft();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void aPauseThatEndsBeforeIsNot() {
    block(50, Upstream.of("openai"), Thread::new, Duration.ofSeconds(9));
    clock.advance(Duration.ofSeconds(9));
    clock.advanceUntil(() -> threads.stream().anyMatch(thread -> !thread.isAlive()));
    clock.advance(Duration.ofSeconds(1));
    noThreadIsLeft();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void whoHasSetALimitIsNotWarned() {
    Upstream upstream = Upstream.builder("openai").maxWaiting(Integer.MAX_VALUE).build();
    block(60, upstream, Thread::new);
    noThreadIsLeft();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreadsAreNoReason() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Class<?> type = Class.forName("java.lang.Thread$Builder");
    block(60, Upstream.of("openai"), (ThreadFactory) type.getMethod("factory").invoke(builder));
    noThreadIsLeft();
    assertThat(log.warnings()).isEmpty();
  }

  private void block(int count, Upstream upstream, ThreadFactory factory) {
    block(count, upstream, factory, Duration.ofMinutes(1));
  }

  /** Returns when threads wait for an upstream that pauses. */
  private void block(int count, Upstream upstream, ThreadFactory factory, Duration pause) {
    RetryRuntime runtime = RetryRuntime.builder().clock(clock).upstream(upstream).build();
    upstream.pushback(pause);
    Runnable call = () -> Retry.call(runtime, POLICY, null, attempt -> "ok");
    threads = Stream.generate(() -> factory.newThread(call)).limit(count).toList();
    threads.forEach(Thread::start);
    while (upstream.state().waiting() < count) {
      Thread.onSpinWait();
    }
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }
}
