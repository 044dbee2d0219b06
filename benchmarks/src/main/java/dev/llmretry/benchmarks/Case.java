package dev.llmretry.benchmarks;

import com.google.gson.JsonObject;

/** One line of the table. */
record Case(Scenario scenario, Setting setting, Contender client) {

  /** Reads what a result is of, as JMH writes it. */
  static Case of(JsonObject result) {
    JsonObject params = result.getAsJsonObject("params");
    Scenario scenario = Scenario.of(result.get("benchmark").getAsString());
    return new Case(
        scenario,
        Setting.valueOf(params.get("setting").getAsString()),
        scenario.contender(params.get("client").getAsString()));
  }

  /** Returns what to compare with: the hand-written loop, or the class before weaving. */
  Case baseline() {
    return new Case(scenario, setting, client.baseline(scenario));
  }

  Case direct() {
    return new Case(scenario, setting, client.direct());
  }

  boolean isBaseline() {
    return client == client.baseline(scenario);
  }
}
