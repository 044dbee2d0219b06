package dev.llmretry.simulator;

import java.time.Duration;

/** Checks of arguments. */
final class Checks {

  private Checks() {}

  static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be positive and finite");
    }
    return value;
  }

  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be 1 or more");
    }
    return value;
  }

  /** Returns a positive duration in seconds. */
  static double positive(String name, Duration value) {
    return positive(name, seconds(value));
  }

  static double share(String name, double value) {
    if (!(value >= 0) || value > 1) {
      throw new IllegalArgumentException(name + " is " + value + "; from 0 to 1 are possible");
    }
    return value;
  }

  static Duration notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must not be negative");
    }
    return value;
  }

  static double seconds(Duration value) {
    return value.toNanos() / 1e9;
  }
}
