package dev.llmretry.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.Retry;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

/** One exception object that several threads throw at once. */
class SharedExceptionsTest {

  private static final int THREADS = 4;

  private static final RetryPolicy POLICY =
      RetryPolicy.builder("call").maxRetries(2).baseDelay(Duration.ZERO).build();

  @RepeatedTest(50)
  void eachThreadRetriesASharedErrorWhichKeepsOneTrace() throws Exception {
    var shared = new ProviderError(FailureKind.OVERLOADED);
    var barrier = new CyclicBarrier(THREADS);
    Callable<Integer> call =
        () -> {
          int[] attempts = {0};
          try {
            Retry.call(
                POLICY,
                null,
                attempt -> {
                  attempts[0]++;
                  await(barrier);
                  throw shared;
                });
          } catch (IOException e) {
            assertThat(e).isSameAs(shared);
          }
          return attempts[0];
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        calls.add(threads.submit(call));
      }
      for (Future<Integer> each : calls) {
        assertThat(each.get()).isEqualTo(3);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(shared.getSuppressed()).hasSize(1);
    assertThat(RetryTrace.find(shared).report().attempts()).isEqualTo(3);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
