package dev.llmretry.benchmarks;

/**
 * A target, and what became of it.
 *
 * @param what is held to it
 * @param target in words
 * @param measured in words
 */
public record Verdict(String what, String target, String measured, boolean met) {

  /** Returns the target and whether it is met, for the row that the figure is in. */
  public String besideFigure() {
    return target + ": " + word();
  }

  String word() {
    return met ? "met" : "**missed**";
  }
}
