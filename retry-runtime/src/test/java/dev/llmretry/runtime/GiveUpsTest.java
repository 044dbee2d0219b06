package dev.llmretry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GiveUpsTest {

  private static final int REMEMBERED = 32;

  /** A thread that nobody has given up on anything before. */
  private static void onNewThread(Runnable test) {
    CompletableFuture.runAsync(test, task -> new Thread(task).start()).join();
  }

  @Test
  void aThreadRemembersItsLatest() {
    onNewThread(
        () -> {
          long before = GiveUps.now();
          List<Throwable> errors = new ArrayList<>();
          assertThat(GiveUps.since(before, new IllegalStateException())).isFalse();
          for (int i = 0; i <= REMEMBERED; i++) {
            errors.add(new IllegalStateException("error " + i));
            GiveUps.add(errors.get(i));
          }
          assertThat(errors.subList(1, errors.size()))
              .allMatch(error -> GiveUps.since(before, error));
          assertThat(GiveUps.since(before, errors.get(0))).isFalse();
          assertThat(GiveUps.since(before, new RuntimeException(errors.get(REMEMBERED)))).isTrue();
          assertThat(GiveUps.since(before, new IllegalStateException())).isFalse();
          assertThat(GiveUps.since(GiveUps.now(), errors.get(REMEMBERED))).isFalse();
        });
  }

  @Test
  void whatAnotherThreadHasGivenUpOnMeansNothing() {
    long before = GiveUps.now();
    var error = new IllegalStateException();
    onNewThread(() -> GiveUps.add(error));
    assertThat(GiveUps.since(before, error)).isFalse();
  }

  @Test
  void whatIsDeliveredIsKnownUntilThatEnds() {
    long before = GiveUps.now();
    var outer = new IllegalStateException("outer");
    var inner = new IllegalStateException("inner");
    GiveUps.deliver(
        outer,
        () -> {
          long between = GiveUps.now();
          GiveUps.deliver(
              inner,
              () -> {
                assertThat(GiveUps.isBeingDelivered(inner, between)).isTrue();
                assertThat(GiveUps.isBeingDelivered(new RuntimeException(outer), before)).isTrue();
                assertThat(GiveUps.isBeingDelivered(outer, between)).isFalse();
                assertThat(GiveUps.isBeingDelivered(new RuntimeException(), before)).isFalse();
              });
          assertThat(GiveUps.isBeingDelivered(inner, before)).isFalse();
          assertThat(GiveUps.isBeingDelivered(outer, before)).isTrue();
          assertThat(GiveUps.isDelivering()).isTrue();
        });
    assertThat(GiveUps.isBeingDelivered(outer, before)).isFalse();
    assertThat(GiveUps.isDelivering()).isFalse();
  }
}
