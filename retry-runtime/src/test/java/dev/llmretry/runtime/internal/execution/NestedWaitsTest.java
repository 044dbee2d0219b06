package dev.llmretry.runtime.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.HeldBackException;
import org.junit.jupiter.api.Test;

class NestedWaitsTest {

  private final HeldBackException wait = new HeldBackException("outer", null, null);
  private final HeldBackException otherWait = new HeldBackException("inner", null, null);

  private static HeldBackException find() {
    return NestedWaits.find(new IllegalStateException("of the attempt"));
  }

  private static void record(HeldBackException heldBack) {
    NestedWaits.record(new IllegalStateException("of the call"), heldBack);
  }

  @Test
  void theWaitIsKnownUntilTheTimeOutHasBeenHandled() {
    NestedWaits.handleTimeOut(
        () -> {
          record(wait);
          assertThat(find()).isSameAs(wait);
        });
    assertThat(find()).isNull();
  }

  @Test
  void aTimeOutWithinAnotherHasItsOwnWait() {
    NestedWaits.handleTimeOut(
        () -> {
          record(wait);
          NestedWaits.handleTimeOut(
              () -> {
                assertThat(find()).isNull();
                record(otherWait);
                assertThat(find()).isSameAs(otherWait);
              });
          assertThat(find()).isSameAs(wait);
        });
  }

  @Test
  void otherwiseOnlyTheErrorTells() {
    record(wait);
    assertThat(find()).isNull();
    var error = new IllegalStateException("of the call");
    NestedWaits.record(error, wait);
    assertThat(NestedWaits.find(new IllegalStateException(error))).isSameAs(wait);
  }
}
