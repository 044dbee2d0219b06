package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.util.Log;
import java.util.concurrent.ThreadLocalRandom;

/** Random numbers for jitter. */
final class Randomness {

  private Randomness() {}

  /** Returns the next number of a runtime's source, from 0 inclusive to 1 exclusive. */
  static double next(RetryRuntime runtime) {
    try {
      return runtime.random().getAsDouble();
    } catch (Throwable e) {
      Log.warning("The source of random numbers for jitter failed; the default is used", e);
      return ThreadLocalRandom.current().nextDouble();
    }
  }
}
