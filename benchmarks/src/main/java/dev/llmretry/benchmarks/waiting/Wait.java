package dev.llmretry.benchmarks.waiting;

import java.time.Duration;

/** How long the first back-off takes. */
enum Wait {
  LONG(LongWaitClient.WAIT_MS),
  SHORT(ShortWaitClient.WAIT_MS);

  private final long millis;

  Wait(long millis) {
    this.millis = millis;
  }

  long millis() {
    return millis;
  }

  Duration duration() {
    return Duration.ofMillis(millis);
  }
}
