package dev.llmretry.processor.read;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.TypeVariable;

/**
 * Identifies a type variable by its declaration. In the Eclipse compiler, annotated uses of a
 * variable have elements of their own.
 */
record TypeVariableKey(Element owner, String name) {

  static TypeVariableKey of(TypeVariable variable) {
    TypeParameterElement element = (TypeParameterElement) variable.asElement();
    return new TypeVariableKey(element.getGenericElement(), element.getSimpleName().toString());
  }
}
