package dev.llmretry.processor.model;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;

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

  /** Returns all that is named, list by list. The order within a list means nothing. */
  List<Set<String>> names() {
    return List.of(
        retryOn.stream().map(rule -> rule.type().toString()).collect(toSet()),
        abortOn.stream().map(rule -> rule.type().toString()).collect(toSet()),
        retryOnKinds.stream().map(KindRule::name).collect(toSet()),
        abortOnKinds.stream().map(KindRule::name).collect(toSet()));
  }
}
