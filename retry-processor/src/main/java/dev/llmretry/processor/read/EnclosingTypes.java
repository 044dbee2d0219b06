package dev.llmretry.processor.read;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/** Looks outwards from an element. */
public final class EnclosingTypes {

  private EnclosingTypes() {}

  /** Returns the element, if it is a type, and the types around it, the innermost first. */
  public static List<TypeElement> of(Element element) {
    List<TypeElement> types = new ArrayList<>();
    for (Element each = element; each != null; each = each.getEnclosingElement()) {
      if (each instanceof TypeElement type) {
        types.add(type);
      }
    }
    return types;
  }
}
