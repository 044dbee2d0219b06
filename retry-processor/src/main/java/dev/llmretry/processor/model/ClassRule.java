package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;

/**
 * An exception class in {@code retryOn} or {@code abortOn}.
 *
 * @param type the class, as printed
 * @param lineage the qualified names of the class and its superclasses, itself first
 * @param at where it is written
 */
public record ClassRule(TypeName type, List<String> lineage, Position at) {

  /** Makes a rule. */
  public ClassRule {
    lineage = List.copyOf(lineage);
  }

  /** Returns the class's qualified name. */
  public String name() {
    return lineage.get(0);
  }

  /** Returns whether the class is, or inherits from, the one of that name. */
  public boolean isA(String qualifiedName) {
    return lineage.contains(qualifiedName);
  }

  /** Returns whether the compiler has methods declare the class. */
  public boolean isChecked() {
    return !isA("java.lang.RuntimeException") && !isA("java.lang.Error");
  }
}
