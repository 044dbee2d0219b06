package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * An exception in a throws clause.
 *
 * @param type the type, as printed
 * @param lineage the qualified names of the class and its superclasses, itself first; of a type
 *     variable, those of its bound
 */
public record ThrownType(TypeName type, List<String> lineage) {

  /** Makes a thrown type. */
  public ThrownType {
    lineage = List.copyOf(lineage);
  }

  /** Returns whether an exception of {@code rule}'s class may be thrown by way of this one. */
  public boolean mayBe(ClassRule rule) {
    return lineage.contains(rule.name()) || rule.isA(lineage.get(0));
  }
}
