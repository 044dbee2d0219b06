package dev.llmretry.benchmarks;

import org.openjdk.jmh.infra.BenchmarkParams;

/** One line of the table. */
record Case(Scenario scenario, Setting setting, Contender client) {

  static Case of(BenchmarkParams params) {
    Scenario scenario = Scenario.of(params.getBenchmark());
    return new Case(
        scenario,
        Setting.valueOf(params.getParam("setting")),
        scenario.contender(params.getParam("client")));
  }

  /** Returns what to compare with: the hand-written loop, or the direct call. */
  Case baseline() {
    return new Case(scenario, setting, client.baseline());
  }

  boolean isBaseline() {
    return client == client.baseline();
  }
}
