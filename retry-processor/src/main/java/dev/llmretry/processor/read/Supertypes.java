package dev.llmretry.processor.read;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

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

  /**
   * Returns {@code type} and its superinterfaces, each before those it extends, with the type
   * arguments that they have seen from {@code type}.
   */
  List<DeclaredType> interfaces(TypeMirror type) {
    Map<String, DeclaredType> found = new LinkedHashMap<>();
    addInterfaces(type, found);
    return List.copyOf(found.values());
  }

  private void addInterfaces(TypeMirror type, Map<String, DeclaredType> found) {
    if (type.getKind() == TypeKind.DECLARED) {
      DeclaredType declared = (DeclaredType) type;
      TypeElement element = (TypeElement) declared.asElement();
      if (element.getKind().isInterface()
          && found.putIfAbsent(element.getQualifiedName().toString(), declared) == null) {
        types.directSupertypes(type).forEach(supertype -> addInterfaces(supertype, found));
      }
    }
  }

  /**
   * Returns {@code type}, or the supertype of it, of that qualified name; null if there is none.
   */
  @Nullable DeclaredType find(TypeMirror type, String qualifiedName) {
    if (type.getKind() == TypeKind.DECLARED) {
      DeclaredType declared = (DeclaredType) type;
      if (((TypeElement) declared.asElement()).getQualifiedName().contentEquals(qualifiedName)) {
        return declared;
      }
    }
    if (type.getKind().isPrimitive() || !names(type).contains(qualifiedName)) {
      return null;
    }
    for (TypeMirror supertype : types.directSupertypes(type)) {
      DeclaredType found = find(supertype, qualifiedName);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
