package dev.llmretry.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a case should not exceed.
 *
 * @param ratio to the baseline
 * @param bytes per call
 * @param more bytes per call than the baseline's
 */
record Target(double ratio, double bytes, double more) {

  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final Target NONE = new Target(ANY, ANY, ANY);
  private static final Target SUCCESS = new Target(1.10, 0, ANY);
  private static final Target WOVEN_SUCCESS = new Target(1.15, 0, ANY);
  private static final Target DEEP_SUCCESS = new Target(ANY, 0, ANY);
  private static final Target TWO_FAILURES = new Target(1.25, ANY, ANY);
  private static final Target ASYNC_COMPLETE = new Target(ANY, 0, ANY);
  private static final Target ASYNC_PENDING = new Target(ANY, ANY, 128);

  static Target of(Case measured) {
    if (!isHeldToTargets(measured.client())) {
      return NONE;
    }
    return switch (measured.scenario()) {
      // The descent takes so long that a ratio would flatter.
      case SUCCESS ->
          measured.setting() == Setting.DEEP
              ? DEEP_SUCCESS
              : measured.client().baseline() == Client.PLAIN ? WOVEN_SUCCESS : SUCCESS;
      case TWO_FAILURES -> TWO_FAILURES;
      case REFUSAL -> NONE;
      case ASYNC_COMPLETE -> ASYNC_COMPLETE;
      case ASYNC_PENDING -> ASYNC_PENDING;
    };
  }

  private static boolean isHeldToTargets(Contender contender) {
    return contender == Client.GENERATED
        || contender == Client.WOVEN
        || contender == Client.WOVEN_TOKEN
        || contender == Client.TOKEN_GENERATED
        || contender == Client.TOKEN_GENERATED_NONE
        || contender == AsyncClient.GENERATED;
  }

  /** Returns the target and whether it is met, in words; empty if there is none. */
  String verdict(double measuredRatio, long measuredBytes, long measuredMore) {
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
    if (more != ANY) {
      limits.add(String.format(Locale.ROOT, "<= %.0f B more", more));
    }
    boolean met = measuredRatio <= ratio && measuredBytes <= bytes && measuredMore <= more;
    return String.join(", ", limits) + (met ? ": met" : ": MISSED");
  }
}
