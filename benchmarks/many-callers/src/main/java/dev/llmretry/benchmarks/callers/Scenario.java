package dev.llmretry.benchmarks.callers;

import dev.llmretry.benchmarks.callers.provider.LoopbackProvider;
import dev.llmretry.benchmarks.callers.provider.Service;
import java.util.List;
import java.util.Map;

/** Calls, and how the provider behaves. */
interface Scenario {

  /** Returns what happens, in words. */
  String description();

  /** Returns what is measured, in the order of the columns. */
  List<Measure> measures();

  /** Returns a new service. */
  Service service();

  /**
   * Makes the calls.
   *
   * @param calls makes one
   * @param provider the provider that they call, which has been started just now
   */
  Map<Measure, Double> run(Calls calls, LoopbackProvider provider) throws InterruptedException;
}
