package dev.llmretry.processor.read;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;

/** Finds the types around an element. */
public final class EnclosingTypes {

  private EnclosingTypes() {}

  /** Returns the element, if it is a type, and the types around it, innermost first. */
  public static List<TypeElement> of(Element element) {
    List<TypeElement> types = new ArrayList<>();
    for (Element each = element; each != null; each = each.getEnclosingElement()) {
      if (each instanceof TypeElement type) {
        types.add(type);
      }
    }
    return types;
  }

  /** Returns the type parameters in scope of a type; an inner class sees the outer ones, first. */
  static List<TypeParameterElement> typeParameters(TypeElement type) {
    List<TypeParameterElement> parameters = new ArrayList<>();
    for (TypeElement each : of(type)) {
      parameters.addAll(0, each.getTypeParameters());
      if (each.getModifiers().contains(Modifier.STATIC) || each.getKind() != ElementKind.CLASS) {
        break;
      }
    }
    return parameters;
  }
}
