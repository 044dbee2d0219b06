package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NestedRetryTrackerTest {

  private static final int REMEMBERED = 32;

  /** A thread that nobody has given up on anything before. */
  private static void onNewThread(Runnable test) {
    CompletableFuture.runAsync(test, task -> new Thread(task).start()).join();
  }

  @Test
  void aThreadRemembersItsLatestErrors() {
    onNewThread(
        () -> {
          long before = NestedRetryTracker.sequence();
          List<Throwable> errors = new ArrayList<>();
          assertThat(NestedRetryTracker.wasThrownSince(before, new IllegalStateException()))
              .isFalse();
          for (int i = 0; i <= REMEMBERED; i++) {
            errors.add(new IllegalStateException("error " + i));
            NestedRetryTracker.recordExhausted(errors.get(i));
          }
          assertThat(errors.subList(1, errors.size()))
              .allMatch(error -> NestedRetryTracker.wasThrownSince(before, error));
          assertThat(NestedRetryTracker.wasThrownSince(before, errors.get(0))).isFalse();
          assertThat(
                  NestedRetryTracker.wasThrownSince(
                      before, new RuntimeException(errors.get(REMEMBERED))))
              .isTrue();
          assertThat(NestedRetryTracker.wasThrownSince(before, new IllegalStateException()))
              .isFalse();
          assertThat(
                  NestedRetryTracker.wasThrownSince(
                      NestedRetryTracker.sequence(), errors.get(REMEMBERED)))
              .isFalse();
        });
  }

  @Test
  void errorsOfOtherThreadsDoNotCount() {
    long before = NestedRetryTracker.sequence();
    var error = new IllegalStateException();
    onNewThread(() -> NestedRetryTracker.recordExhausted(error));
    assertThat(NestedRetryTracker.wasThrownSince(before, error)).isFalse();
  }

  @Test
  void anErrorCountsWhileItIsEmitted() {
    long before = NestedRetryTracker.sequence();
    var outer = new IllegalStateException("outer");
    var inner = new IllegalStateException("inner");
    NestedRetryTracker.withTerminalError(
        outer,
        () -> {
          long between = NestedRetryTracker.sequence();
          NestedRetryTracker.withTerminalError(
              inner,
              () -> {
                assertThat(NestedRetryTracker.wasRetriedSince(between, inner)).isTrue();
                assertThat(NestedRetryTracker.wasRetriedSince(before, new RuntimeException(outer)))
                    .isTrue();
                assertThat(NestedRetryTracker.wasRetriedSince(between, outer)).isFalse();
                assertThat(NestedRetryTracker.wasRetriedSince(before, new RuntimeException()))
                    .isFalse();
              });
          assertThat(NestedRetryTracker.wasRetriedSince(before, inner)).isFalse();
          assertThat(NestedRetryTracker.wasRetriedSince(before, outer)).isTrue();
          assertThat(NestedRetryTracker.isEmitting()).isTrue();
        });
    assertThat(NestedRetryTracker.wasRetriedSince(before, outer)).isFalse();
    assertThat(NestedRetryTracker.isEmitting()).isFalse();
  }
}
