package dev.llmretry.processor.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** Walks up hierarchies. */
final class Supertypes {

  private final Types types;

  Supertypes(Types types) {
    this.types = types;
  }

  /**
   * Returns the qualified names of all classes and interfaces that {@code type} is, nearest first
   * in depth; of a type variable, those that its bounds are.
   */
  Set<String> names(TypeMirror type) {
    Set<String> names = new LinkedHashSet<>();
    addNames(type, names);
    return names;
  }

  private void addNames(TypeMirror type, Set<String> names) {
    if (type.getKind() == TypeKind.DECLARED) {
      TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
      if (!names.add(element.getQualifiedName().toString())) {
        return;
      }
    }
    switch (type.getKind()) {
      case DECLARED, TYPEVAR, INTERSECTION ->
          types.directSupertypes(type).forEach(supertype -> addNames(supertype, names));
      default -> {}
    }
  }

  /** Returns {@code type} and its superinterfaces, each before those it extends. */
  List<TypeElement> interfaces(TypeElement type) {
    Set<TypeElement> found = new LinkedHashSet<>();
    addInterfaces(type, found);
    return new ArrayList<>(found);
  }

  private static void addInterfaces(TypeElement type, Set<TypeElement> found) {
    if (found.add(type)) {
      for (TypeMirror supertype : type.getInterfaces()) {
        if (supertype.getKind() == TypeKind.DECLARED) {
          addInterfaces((TypeElement) ((DeclaredType) supertype).asElement(), found);
        }
      }
    }
  }
}
