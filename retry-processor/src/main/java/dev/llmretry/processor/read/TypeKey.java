package dev.llmretry.processor.read;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;

/**
 * A key for maps whose keys are types. {@link TypeMirror} does not define {@code equals}, and its
 * text is ambiguous, since type variables of different methods may have the same name.
 *
 * @param parts the elements of the type, in the order of its text
 * @param isDeep whether its type arguments are nested deeper than in usual code. The search through
 *     the types in a {@code record Node<T>(T value, Node<List<T>> next)} would not end otherwise.
 */
record TypeKey(List<Object> parts, boolean isDeep) {

  private static final int MOST_NESTED = 8;

  /** Returns the key of a type. */
  static TypeKey of(TypeMirror type) {
    List<Object> parts = new ArrayList<>();
    return new TypeKey(parts, add(type, parts) > MOST_NESTED);
  }

  /** Adds the parts of a type, and returns how deep it is nested. */
  private static int add(TypeMirror type, List<Object> parts) {
    parts.add(type.getKind());
    return switch (type.getKind()) {
      case DECLARED -> {
        DeclaredType declared = (DeclaredType) type;
        parts.add(declared.asElement());
        parts.add(declared.getTypeArguments().size());
        int nested = addAll(declared.getTypeArguments(), parts);
        TypeMirror outer = declared.getEnclosingType();
        yield outer.getKind() == TypeKind.DECLARED ? Math.max(nested, add(outer, parts)) : nested;
      }
      case ARRAY -> 1 + add(((ArrayType) type).getComponentType(), parts);
      case TYPEVAR -> {
        parts.add(((TypeVariable) type).asElement());
        yield 0;
      }
      case WILDCARD -> {
        WildcardType wildcard = (WildcardType) type;
        TypeMirror lower = wildcard.getSuperBound();
        TypeMirror bound = lower == null ? wildcard.getExtendsBound() : lower;
        parts.add(lower == null);
        yield bound == null ? 0 : add(bound, parts);
      }
      case INTERSECTION -> addAll(((IntersectionType) type).getBounds(), parts);
      default -> {
        parts.add(type.toString());
        yield 0;
      }
    };
  }

  private static int addAll(List<? extends TypeMirror> types, List<Object> parts) {
    int nested = 0;
    for (TypeMirror type : types) {
      nested = Math.max(nested, 1 + add(type, parts));
    }
    return nested;
  }
}
