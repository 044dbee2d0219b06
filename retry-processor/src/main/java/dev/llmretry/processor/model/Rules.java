package dev.llmretry.processor.model;

import java.util.List;

/** What a method says of its own about which failures to retry. */
public record Rules(
    List<ClassRule> retryOn,
    List<ClassRule> abortOn,
    List<KindRule> retryOnKinds,
    List<KindRule> abortOnKinds) {

  /** Makes rules. */
  public Rules {
    retryOn = List.copyOf(retryOn);
    abortOn = List.copyOf(abortOn);
    retryOnKinds = List.copyOf(retryOnKinds);
    abortOnKinds = List.copyOf(abortOnKinds);
  }

  /** Returns all that is named, list by list. */
  List<List<String>> names() {
    return List.of(
        retryOn.stream().map(rule -> rule.type().toString()).toList(),
        abortOn.stream().map(rule -> rule.type().toString()).toList(),
        retryOnKinds.stream().map(KindRule::name).toList(),
        abortOnKinds.stream().map(KindRule::name).toList());
  }
}
