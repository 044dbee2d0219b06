package dev.llmretry.benchmarks;

/** A client that is measured: a row of the table in each group that has it. */
interface Contender {

  String text();

  /** Returns what to compare with, which promises the same. */
  Contender baseline(Scenario scenario);

  /** Returns the call without retries. */
  Contender direct();
}
