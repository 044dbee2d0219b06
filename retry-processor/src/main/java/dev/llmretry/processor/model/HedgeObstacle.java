package dev.llmretry.processor.model;

/** Why two attempts of a method cannot be made at once. */
public enum HedgeObstacle {
  BLOCKING(
      "it blocks its caller's thread", "Return a future or a publisher, or remove hedgeAfterMs"),
  CALLBACK(
      "both attempts would emit elements to its callback before it returns or its future completes",
      "Use a callback that receives errors, return a publisher, or remove hedgeAfterMs"),
  ARGUMENT(
      "two attempts would use an argument that is marked @Replayable at the same time",
      "Use an argument that several threads can use, or remove hedgeAfterMs");

  private final String problem;
  private final String advice;

  HedgeObstacle(String problem, String advice) {
    this.problem = problem;
    this.advice = advice;
  }

  /** Returns the reason. */
  public String problem() {
    return problem;
  }

  /** Returns what to do instead. */
  public String advice() {
    return advice;
  }
}
