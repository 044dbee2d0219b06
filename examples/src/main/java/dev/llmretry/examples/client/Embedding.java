package dev.llmretry.examples.client;

import java.util.List;

/**
 * A text as a vector.
 *
 * @param vector its coordinates
 */
public record Embedding(List<Double> vector) {

  /** Makes an embedding. */
  public Embedding {
    vector = List.copyOf(vector);
  }
}
