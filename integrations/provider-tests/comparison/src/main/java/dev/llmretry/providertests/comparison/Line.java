package dev.llmretry.providertests.comparison;

/**
 * A line of an SDK's table.
 *
 * @param situation what goes wrong
 * @param alone what the SDK makes of it
 * @param wrapped what becomes of it behind the wrapper
 */
record Line(Situation situation, Result alone, Result wrapped) {

  /** Returns the line in Markdown. */
  @Override
  public String toString() {
    return "| " + situation.title() + " | " + alone + " | " + wrapped + " |";
  }
}
