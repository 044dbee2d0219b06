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

  /** Returns a new service for each provider, the preferred one first. */
  List<Service> services();

  /**
   * Makes the calls.
   *
   * @param calls makes one
   * @param providers the providers that they call, which have been started just now
   */
  Map<Measure, Double> run(Calls calls, List<LoopbackProvider> providers)
      throws InterruptedException;
}
