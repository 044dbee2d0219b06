package dev.llmretry.processor.read;

import dev.llmretry.processor.model.StreamElements;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Walks up hierarchies. */
final class Supertypes {

  private static final Set<String> UNCHECKED =
      Set.of("java.lang.RuntimeException", "java.lang.Error");

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

  /** Returns elements of a type. Those of a primitive type arrive boxed. */
  StreamElements elements(TypeMirror type) {
    TypeMirror boxed =
        type.getKind().isPrimitive() ? types.boxedClass((PrimitiveType) type).asType() : type;
    return new StreamElements(boxed.toString(), List.copyOf(names(boxed)));
  }

  /** Returns the names of exceptions that have to be declared, among {@code thrown}. */
  List<String> checked(List<? extends TypeMirror> thrown) {
    return thrown.stream()
        .filter(type -> type.getKind() != TypeKind.ERROR)
        .filter(type -> Collections.disjoint(names(type), UNCHECKED))
        .map(TypeMirror::toString)
        .toList();
  }

  /**
   * Returns {@code type} and its superinterfaces, one branch after the other, with the type
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
   * Returns the names of the constants and types that an implementation of an interface inherits.
   */
  Set<String> memberNames(TypeMirror type) {
    Set<String> found = new LinkedHashSet<>();
    for (DeclaredType declaring : interfaces(type)) {
      for (Element member : declaring.asElement().getEnclosedElements()) {
        if (!(member instanceof ExecutableElement)) {
          found.add(member.getSimpleName().toString());
        }
      }
    }
    return found;
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
