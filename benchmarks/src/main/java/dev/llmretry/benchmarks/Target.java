package dev.llmretry.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a case should not exceed.
 *
 * @param ratio to the baseline
 * @param bytes per call
 * @param more bytes per call than the direct call's
 */
record Target(double ratio, double bytes, double more) {

  private static final double ANY = Double.POSITIVE_INFINITY;
  private static final Target NONE = new Target(ANY, ANY, ANY);
  private static final Target SUCCESS = new Target(1.25, 0, ANY);
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
              : measured.baseline().client() == Client.PLAIN ? WOVEN_SUCCESS : SUCCESS;
      case TWO_FAILURES -> TWO_FAILURES;
      case REFUSAL, CONTENDED, VIRTUAL -> NONE;
      case ASYNC_COMPLETE -> ASYNC_COMPLETE;
      case ASYNC_PENDING -> ASYNC_PENDING;
    };
  }

  private static boolean isHeldToTargets(Contender contender) {
    return contender == Client.GENERATED
        || contender == Client.GENERATED_SHARED
        || contender == Client.WOVEN
        || contender == Client.WOVEN_TOKEN
        || contender == Client.TOKEN_GENERATED
        || contender == Client.TOKEN_GENERATED_NONE
        || contender == AsyncClient.GENERATED;
  }

  boolean isNone() {
    return equals(NONE);
  }

  Verdict verdict(Case measured, double measuredRatio, long measuredBytes, long measuredMore) {
    List<String> limits = new ArrayList<>();
    List<String> values = new ArrayList<>();
    if (ratio != ANY) {
      limits.add("<= " + Numbers.ratio(ratio));
      values.add(Numbers.ratio(measuredRatio));
    }
    if (bytes != ANY) {
      limits.add(Numbers.whole(bytes) + " B");
      values.add(measuredBytes + " B");
    }
    if (more != ANY) {
      limits.add("<= " + Numbers.whole(more) + " B more");
      values.add(measuredMore + " B more");
    }
    return new Verdict(
        String.join(
            ", ",
            measured.client().text(),
            measured.scenario().text().toLowerCase(Locale.ROOT),
            measured.setting().text()),
        String.join(", ", limits),
        String.join(", ", values),
        measuredRatio <= ratio && measuredBytes <= bytes && measuredMore <= more);
  }
}
