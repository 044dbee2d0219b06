package dev.llmretry.simulator;

import static dev.llmretry.simulator.Checks.positive;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a provider says about when to retry, in the headers of HTTP 429. Immutable. */
public final class Hint {

  private enum Kind {
    NONE,
    EXACT,
    WHOLE_SECONDS,
    CONSTANT
  }

  private static final Hint NONE = new Hint(Kind.NONE, 0);
  private static final Hint EXACT = new Hint(Kind.EXACT, 0);
  private static final Hint WHOLE_SECONDS = new Hint(Kind.WHOLE_SECONDS, 0);

  private final Kind kind;
  private final double seconds;

  private Hint(Kind kind, double seconds) {
    this.kind = kind;
    this.seconds = seconds;
  }

  /** {@return no hint} */
  public static Hint none() {
    return NONE;
  }

  /**
   * {@return the time until the request would be accepted, in milliseconds, rounded up} In the
   * header {@code retry-after-ms}.
   */
  public static Hint exact() {
    return EXACT;
  }

  /**
   * {@return the time until the request would be accepted, in seconds, rounded up} In the header
   * {@code Retry-After}.
   */
  public static Hint wholeSeconds() {
    return WHOLE_SECONDS;
  }

  /**
   * {@return always the same time, whether or not the request would then be accepted}
   *
   * @param delay the time, in milliseconds
   */
  public static Hint constant(Duration delay) {
    return new Hint(Kind.CONSTANT, positive("delay", delay));
  }

  /** Returns the headers of a refusal; {@code untilAdmitted} is in seconds, or NaN. */
  Map<String, List<String>> headers(double untilAdmitted) {
    double stated = kind == Kind.CONSTANT ? seconds : untilAdmitted;
    if (kind == Kind.NONE || Double.isNaN(stated)) {
      return Map.of();
    }
    return kind == Kind.WHOLE_SECONDS
        ? Map.of("Retry-After", List.of(roundedUp(stated)))
        : Map.of("retry-after-ms", List.of(roundedUp(stated * 1_000)));
  }

  private static String roundedUp(double value) {
    return Long.toString(Math.max(1, (long) Math.ceil(value - 1e-6)));
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "no hint";
      case EXACT -> "exact hints";
      case WHOLE_SECONDS -> "hints in whole seconds";
      case CONSTANT -> "hints of " + seconds + " s";
    };
  }
}
