package dev.llmretry.simulator.internal.cli;

import dev.llmretry.simulator.Strategy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The strategies of the command line, by name. */
final class Policies {

  private Policies() {}

  static Map<String, Strategy> all() {
    Map<String, Strategy> strategies = new LinkedHashMap<>();
    strategies.put("none", Strategy.noRetries());
    strategies.put("defaults", Strategy.defaults());
    strategies.put("shared", Strategy.sharedByProcesses());
    strategies.put("routed", Strategy.routed());
    strategies.put("hedged", Strategy.hedged(Duration.ofMillis(3_500)));
    strategies.put("alone", Strategy.alone());
    strategies.put("backoff", Strategy.modelOfExponentialBackoff(Duration.ofMillis(100), 3));
    strategies.put("jitter", Strategy.modelOfFullJitter(Duration.ofSeconds(1), 10));
    strategies.put("aws", Strategy.modelOfAwsAdaptive(3));
    return strategies;
  }
}
