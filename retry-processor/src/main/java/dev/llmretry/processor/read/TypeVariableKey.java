package dev.llmretry.processor.read;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.TypeVariable;

/**
 * A type variable, as it is declared. To the Eclipse compiler, annotated uses of one have elements
 * of their own.
 */
record TypeVariableKey(Element owner, String name) {

  static TypeVariableKey of(TypeVariable variable) {
    TypeParameterElement element = (TypeParameterElement) variable.asElement();
    return new TypeVariableKey(element.getGenericElement(), element.getSimpleName().toString());
  }
}
