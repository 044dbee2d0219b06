package dev.llmretry.benchmarks;

import java.util.Locale;

/** Numbers in words. */
public final class Numbers {

  private Numbers() {}

  /** A large number only looks exact with a fraction. */
  public static String nanos(double nanos) {
    return String.format(Locale.ROOT, nanos < 100 ? "%.2f" : "%,.0f", nanos);
  }

  public static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 100 ? "%.2f" : "%,.0f", ratio);
  }

  public static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
