package dev.llmretry.processor.model;

import java.util.List;

/**
 * The results of a method, or the elements of its stream.
 *
 * @param type their type, as shown in messages
 * @param lineage the qualified names of the type and its supertypes, the type itself first
 */
public record StreamElements(String type, List<String> lineage) {

  /** Elements of which nothing is known. */
  public static final StreamElements OBJECTS =
      new StreamElements("java.lang.Object", List.of("java.lang.Object"));

  /** Creates elements. */
  public StreamElements {
    lineage = List.copyOf(lineage);
  }

  /** Returns whether they can be passed as the named type, ignoring type arguments. */
  public boolean areAssignableTo(String qualifiedName) {
    return qualifiedName.equals("java.lang.Object") || lineage.contains(qualifiedName);
  }
}
