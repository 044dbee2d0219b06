package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * An exception in a throws clause.
 *
 * @param type the type
 * @param lineage the qualified names of the class and its superclasses, itself first; of a type
 *     variable, those of its bound
 */
public record ThrownType(TypeName type, List<String> lineage) {

  /** Creates a thrown type. */
  public ThrownType {
    lineage = List.copyOf(lineage);
  }

  /** Returns whether a method that declares this may throw an exception of the rule's class. */
  public boolean mayBe(ClassRule rule) {
    return lineage.contains(rule.name()) || rule.isA(lineage.get(0));
  }
}
