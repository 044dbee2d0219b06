package dev.llmretry.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a case should not exceed.
 *
 * @param ratio to the hand-written loop
 * @param bytes per call
 */
record Target(double ratio, double bytes) {

  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final Target NONE = new Target(ANY, ANY);
  private static final Target SUCCESS = new Target(1.10, 0);
  private static final Target DEEP_SUCCESS = new Target(ANY, 0);
  private static final Target TWO_FAILURES = new Target(1.25, ANY);

  static Target of(Case measured) {
    return switch (measured.client()) {
      case GENERATED, TOKEN_GENERATED, TOKEN_GENERATED_NONE ->
          switch (measured.scenario()) {
            // The descent takes so long that a ratio would flatter.
            case SUCCESS -> measured.setting() == Setting.DEEP ? DEEP_SUCCESS : SUCCESS;
            case TWO_FAILURES -> TWO_FAILURES;
            case REFUSAL -> NONE;
          };
      default -> NONE;
    };
  }

  /** Returns the target and whether it is met, in words; empty if there is none. */
  String verdict(double measuredRatio, long measuredBytes) {
    if (equals(NONE)) {
      return "";
    }
    List<String> limits = new ArrayList<>();
    if (ratio != ANY) {
      limits.add(String.format(Locale.ROOT, "<= %.2f", ratio));
    }
    if (bytes != ANY) {
      limits.add(String.format(Locale.ROOT, "%.0f B", bytes));
    }
    boolean met = measuredRatio <= ratio && measuredBytes <= bytes;
    return String.join(", ", limits) + (met ? ": met" : ": MISSED");
  }
}
