package dev.llmretry.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventClockTest {

  private static final CancellationToken NONE = CancellationToken.none();

  private final EventClock clock = new EventClock();
  private final List<String> events = new ArrayList<>();

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private void record(String event) {
    events.add(event + " at " + clock.nanoTime() / seconds(1));
  }

  private void runAll() {
    boolean more = true;
    while (more) {
      more = clock.runNext();
    }
  }

  private CallerThread caller(Body body) {
    return new CallerThread(
        clock,
        "caller",
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            record("interrupted");
          }
        });
  }

  private interface Body {
    void run() throws InterruptedException;
  }

  @Test
  void actionsRunInTheOrderOfTheirTimes() {
    Registration unused = clock.schedule(seconds(2), () -> record("b"));
    Registration alsoUnused = clock.schedule(seconds(1), () -> clock.execute(() -> record("a")));
    clock.schedule(seconds(1), () -> record("never")).close();
    runAll();
    assertThat(events).containsExactly("a at 1", "b at 2");
    assertThat(clock.instant().getEpochSecond() % 60).isEqualTo(2);
  }

  @Test
  void threadsTakeTurns() {
    for (String name : List.of("a", "b")) {
      caller(
              () -> {
                record(name);
                clock.sleep(seconds(1), NONE);
                record(name);
                clock.sleep(seconds(2), NONE);
                record(name);
              })
          .begin();
    }
    runAll();
    assertThat(events).containsExactly("a at 0", "b at 0", "a at 1", "b at 1", "a at 3", "b at 3");
  }

  @Test
  void cancellationEndsASleep() {
    CancellationSource source = new CancellationSource();
    caller(
            () -> {
              clock.sleep(seconds(10), source.token());
              record("cancelled");
              clock.sleep(seconds(10), source.token());
              record("at once");
            })
        .begin();
    Registration unused = clock.schedule(seconds(3), source::cancel);
    runAll();
    assertThat(events).containsExactly("cancelled at 3", "at once at 3");
    assertThat(clock.nanoTime()).isEqualTo(seconds(3));
  }

  @Test
  void anInterruptEndsASleep() {
    CallerThread thread = caller(() -> clock.sleep(seconds(10), NONE));
    thread.begin();
    Registration unused =
        clock.schedule(
            seconds(3),
            () -> {
              thread.interrupt();
              events.add("interrupted: " + thread.isInterrupted());
            });
    runAll();
    assertThat(events).containsExactly("interrupted: true", "interrupted at 3");
  }

  @Test
  void anInterruptedThreadDoesNotSleep() {
    caller(
            () -> {
              Thread.currentThread().interrupt();
              clock.sleep(0, NONE);
            })
        .begin();
    assertThat(events).containsExactly("interrupted at 0");
  }

  @Test
  void onlyCallersSleep() {
    assertThatThrownBy(() -> clock.sleep(1, NONE)).isInstanceOf(IllegalStateException.class);
  }
}
