package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A class named by a setting, of which the generated class creates an instance.
 *
 * @param type the class
 * @param name the qualified name of the class
 * @param argumentType the qualified name of the type that it takes, without type arguments; null if
 *     unknown
 * @param isInstantiable whether generated code can create an instance without arguments
 * @param at its position
 */
public record SettingClass(
    TypeName type,
    String name,
    @Nullable String argumentType,
    boolean isInstantiable,
    Position at) {

  /** Returns whether the type that it takes is exactly that one, ignoring type arguments. */
  public boolean takesExactly(StreamElements type) {
    return argumentType == null
        || (!type.lineage().isEmpty() && argumentType.equals(type.lineage().get(0)));
  }

  /** Returns whether it can take such results or elements. */
  public boolean accepts(StreamElements elements) {
    return argumentType == null || elements.areAssignableTo(argumentType);
  }
}
