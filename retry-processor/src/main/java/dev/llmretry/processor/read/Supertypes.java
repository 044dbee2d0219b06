package dev.llmretry.processor.read;

import dev.llmretry.processor.model.StreamElements;
import java.util.Collections;
import java.util.HashMap;
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
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Queries about the supertypes of a type. */
final class Supertypes {

  private static final Set<String> UNCHECKED =
      Set.of("java.lang.RuntimeException", "java.lang.Error");

  private final Elements elements;
  private final Types types;

  /** The names of classes and interfaces, whatever their type arguments. */
  private final Map<Element, Set<String>> known = new HashMap<>();

  Supertypes(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * Returns the qualified names of a type and its supertypes, depth first; of a type variable,
   * those of its bounds.
   */
  Set<String> names(TypeMirror type) {
    Element declared =
        type.getKind() == TypeKind.DECLARED ? ((DeclaredType) type).asElement() : null;
    Set<String> names = declared == null ? null : known.get(declared);
    if (names == null) {
      names = new LinkedHashSet<>();
      addNames(type, names);
      if (declared != null) {
        known.put(declared, names);
      }
    }
    return names;
  }

  /**
   * Returns the bounds of a type variable. {@code TypeVariable.getUpperBound()} is no help: for
   * {@code T extends Object & Comparable<T>}, the Eclipse compiler returns {@code T} again.
   */
  List<? extends TypeMirror> bounds(TypeVariable variable) {
    return types.directSupertypes(variable);
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

  /** Returns elements of a type. Primitive values are boxed. */
  StreamElements elements(TypeMirror type) {
    TypeMirror boxed =
        type.getKind().isPrimitive() ? types.boxedClass((PrimitiveType) type).asType() : type;
    return new StreamElements(boxed.toString(), List.of(boxed));
  }

  /** Returns elements of which nothing is known. */
  StreamElements objects() {
    return elements(elements.getTypeElement("java.lang.Object").asType());
  }

  /** Returns the names of the checked exceptions among {@code thrown}. */
  List<String> checked(List<? extends TypeMirror> thrown) {
    return thrown.stream()
        .filter(type -> type.getKind() != TypeKind.ERROR)
        .filter(type -> Collections.disjoint(names(type), UNCHECKED))
        .map(TypeMirror::toString)
        .toList();
  }

  /**
   * Returns an interface and its superinterfaces, depth first, with the type arguments that they
   * have as supertypes of it.
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
   * Returns the names of the fields and nested types that a class inherits if it implements an
   * interface. Generated code must not use these names for anything else.
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

  /** Returns the type or its supertype of that qualified name, or null. */
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
