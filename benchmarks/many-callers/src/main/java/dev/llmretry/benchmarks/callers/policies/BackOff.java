package dev.llmretry.benchmarks.callers.policies;

import java.time.Duration;

/** The settings of the libraries that have to be told: those of openai-java, and one retry more. */
final class BackOff {

  static final int RETRIES = 3;
  static final long BASE_MILLIS = 500;
  static final long MAX_MILLIS = 8_000;
  static final double MULTIPLIER = 2;
  static final double JITTER = 0.5;

  static final Duration BASE = Duration.ofMillis(BASE_MILLIS);
  static final Duration MAX = Duration.ofMillis(MAX_MILLIS);

  private BackOff() {}
}
