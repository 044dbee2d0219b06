package dev.llmretry.processor.model;

import java.util.List;

/**
 * The elements of a stream.
 *
 * @param type their type, as messages name it
 * @param lineage the qualified names of all that they are, the type first
 */
public record Elements(String type, List<String> lineage) {

  /** Makes elements. */
  public Elements {
    lineage = List.copyOf(lineage);
  }

  /** Returns whether they can be passed as {@code type}, type arguments aside. */
  public boolean areAll(String qualifiedName) {
    return qualifiedName.equals("java.lang.Object") || lineage.contains(qualifiedName);
  }
}
