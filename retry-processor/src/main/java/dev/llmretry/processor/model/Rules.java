package dev.llmretry.processor.model;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;

/** The exception classes and failure kinds that a method retries, or does not, by its settings. */
public record Rules(
    List<ClassRule> retryOn,
    List<ClassRule> abortOn,
    List<KindRule> retryOnKinds,
    List<KindRule> abortOnKinds) {

  /** Creates rules. */
  public Rules {
    retryOn = List.copyOf(retryOn);
    abortOn = List.copyOf(abortOn);
    retryOnKinds = List.copyOf(retryOnKinds);
    abortOnKinds = List.copyOf(abortOnKinds);
  }

  /** Returns the names in each list. The order within a list is irrelevant. */
  List<Set<String>> names() {
    return List.of(
        retryOn.stream().map(rule -> rule.type().toString()).collect(toSet()),
        abortOn.stream().map(rule -> rule.type().toString()).collect(toSet()),
        retryOnKinds.stream().map(KindRule::name).collect(toSet()),
        abortOnKinds.stream().map(KindRule::name).collect(toSet()));
  }
}
