package dev.llmretry.processor.model;

import java.util.List;

/**
 * An {@code @Routed} on a type.
 *
 * @param fallbackOnKinds the additional kinds of failure after which a call moves on
 * @param at the position of the annotation
 */
public record Routing(List<KindRule> fallbackOnKinds, Position at) {

  /** Creates it. */
  public Routing {
    fallbackOnKinds = List.copyOf(fallbackOnKinds);
  }
}
