package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A class named by a setting, of which the generated class creates an instance.
 *
 * @param type the class
 * @param name the qualified name of the class
 * @param takes the type that it takes; null if unknown
 * @param isInstantiable whether generated code can create an instance without arguments
 * @param at its position
 */
public record SettingClass(
    TypeName type, String name, @Nullable TakenType takes, boolean isInstantiable, Position at) {

  /** Returns whether the type that it takes is exactly that one. */
  public boolean takesExactly(StreamElements type) {
    return takes == null || takes.isExactly(type);
  }

  /** Returns whether it can take such results or elements. */
  public boolean accepts(StreamElements elements) {
    return takes == null || takes.accepts(elements);
  }
}
