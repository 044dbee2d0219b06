package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * The class named as {@code preamble}.
 *
 * @param type the class
 * @param name the qualified name of the class
 * @param elementType the qualified name of the type that it tests, without type arguments; null if
 *     unknown
 * @param isInstantiable whether generated code can create an instance without arguments
 * @param at its position
 */
public record Preamble(
    TypeName type, String name, @Nullable String elementType, boolean isInstantiable, Position at) {

  /** Returns whether it can test these elements. */
  public boolean accepts(StreamElements elements) {
    return elementType == null || elements.areAssignableTo(elementType);
  }
}
