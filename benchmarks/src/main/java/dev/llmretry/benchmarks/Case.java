package dev.llmretry.benchmarks;

import org.openjdk.jmh.infra.BenchmarkParams;

/** One line of the table. */
record Case(Scenario scenario, Setting setting, Client client) {

  static Case of(BenchmarkParams params) {
    return new Case(
        Scenario.of(params.getBenchmark()),
        Setting.valueOf(params.getParam("setting")),
        Client.valueOf(params.getParam("client")));
  }

  /** Returns the hand-written loop to compare with. */
  Case baseline() {
    return new Case(scenario, setting, client.baseline());
  }

  boolean isBaseline() {
    return client == client.baseline();
  }
}
