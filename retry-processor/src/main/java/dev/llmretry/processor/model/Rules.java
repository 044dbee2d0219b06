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
}
