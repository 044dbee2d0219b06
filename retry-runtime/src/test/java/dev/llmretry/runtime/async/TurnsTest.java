package dev.llmretry.runtime.async;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.runtime.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TurnsTest {

  @RegisterExtension final CapturedLog log = new CapturedLog();

  private final List<String> seen = new ArrayList<>();

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void whatComesInATurnIsRunAfterItAndTheRestLast() {
    var turns = new Turns(error -> seen.add("failed"));
    turns.run(
        () -> {
          turns.afterwards(() -> seen.add("afterwards"));
          turns.run(() -> seen.add("second"));
          seen.add("first");
        });
    assertThat(seen).containsExactly("first", "second", "afterwards");
  }

  @Test
  void anActionThatFailsIsToldInItsTurnAndKeepsNoOtherFromRunning() {
    var turns = new Turns(error -> seen.add(error.getMessage()));
    turns.run(
        () -> {
          turns.run(() -> seen.add("second"));
          fail("first");
        });
    assertThat(seen).containsExactly("first", "second");
    assertThat(log.warnings()).containsExactly("What retries a stream failed");
  }

  @Test
  void whoFailsToHearOfItKeepsNoOtherFromRunningEither() {
    var turns = new Turns(error -> fail("again"));
    turns.run(
        () -> {
          turns.run(() -> seen.add("second"));
          fail("first");
        });
    assertThat(seen).containsExactly("second");
    assertThat(log.warnings())
        .containsExactly("What retries a stream failed", "What retries a stream failed once more");
  }
}
