package dev.llmretry.runtime.internal.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SerialExecutorTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final List<String> seen = new ArrayList<>();

  private class Recording extends SerialExecutor {

    @Override
    void drain() {
      seen.add("drained");
    }

    @Override
    void afterSection() {
      seen.add("left");
    }

    @Override
    void onActionFailed(Throwable error) {
      seen.add(error.getMessage());
    }
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void anActionThatArrivesInAnotherRunsAfterIt() {
    var serial = new Recording();
    serial.execute(
        () -> {
          serial.execute(() -> seen.add("second"));
          seen.add("first");
        });
    assertThat(seen).containsExactly("first", "second", "drained", "left");
  }

  @Test
  void aSignalInASectionDrainsBeforeItIsLeft() {
    var serial = new Recording();
    assertThat(serial.tryEnter()).isTrue();
    assertThat(serial.tryEnter()).isFalse();
    serial.signal();
    serial.signal();
    assertThat(seen).isEmpty();
    serial.exit();
    assertThat(seen).containsExactly("drained", "left");
  }

  @Test
  void aSignalOutsideOfASectionDrainsAtOnce() {
    new Recording().signal();
    assertThat(seen).containsExactly("drained", "left");
  }

  @Test
  void anActionThatFailsIsReportedAndKeepsNoOtherFromRunning() {
    var serial = new Recording();
    serial.execute(
        () -> {
          serial.execute(() -> seen.add("second"));
          fail("first");
        });
    assertThat(seen).containsExactly("first", "second", "drained", "left");
    assertThat(log.warnings()).containsExactly("Retrying a stream failed");
  }

  @Test
  void aFailureToReportItKeepsNoOtherFromRunningEither() {
    var serial =
        new Recording() {
          @Override
          void onActionFailed(Throwable error) {
            fail("again");
          }
        };
    serial.execute(
        () -> {
          serial.execute(() -> seen.add("second"));
          fail("first");
        });
    assertThat(seen).containsExactly("second", "drained", "left");
    assertThat(log.warnings())
        .containsExactly(
            "Retrying a stream failed", "Ending a stream that could not be retried failed");
  }
}
