package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * An exception class in {@code retryOn} or {@code abortOn}.
 *
 * @param type the class
 * @param lineage the qualified names of the class and its superclasses, itself first
 * @param at its position
 */
public record ClassRule(TypeName type, List<String> lineage, Position at) {

  /** Creates a rule. */
  public ClassRule {
    lineage = List.copyOf(lineage);
  }

  /** Returns the qualified name of the class. */
  public String name() {
    return lineage.get(0);
  }

  /** Returns whether the class is, or extends, the class of that name. */
  public boolean isA(String qualifiedName) {
    return lineage.contains(qualifiedName);
  }

  /** Returns whether exceptions of the class are checked. */
  public boolean isChecked() {
    return !isA("java.lang.RuntimeException") && !isA("java.lang.Error");
  }
}
