package dev.llmretry.processor.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Substitutes type variables of one method by those of another one. */
final class Substitution extends SimpleTypeVisitor14<TypeMirror, @Nullable Void> {

  private final Types types;
  private final Map<TypeVariableKey, TypeVariable> substitutes = new HashMap<>();

  /** Creates a substitution of variables by those at the same index of another list. */
  Substitution(
      Types types, List<? extends TypeVariable> variables, List<? extends TypeVariable> others) {
    this.types = types;
    for (int i = 0; i < Math.min(variables.size(), others.size()); i++) {
      substitutes.put(TypeVariableKey.of(variables.get(i)), others.get(i));
    }
  }

  TypeMirror in(TypeMirror type) {
    return substitutes.isEmpty() ? type : visit(type);
  }

  @Override
  public TypeMirror visitTypeVariable(TypeVariable type, @Nullable Void unused) {
    TypeVariable substitute = substitutes.get(TypeVariableKey.of(type));
    return substitute == null ? type : substitute;
  }

  @Override
  public TypeMirror visitDeclared(DeclaredType type, @Nullable Void unused) {
    TypeMirror[] arguments =
        type.getTypeArguments().stream().map(this::visit).toArray(TypeMirror[]::new);
    TypeElement element = (TypeElement) type.asElement();
    TypeMirror outer = type.getEnclosingType();
    if (outer.getKind() == TypeKind.DECLARED) {
      return types.getDeclaredType((DeclaredType) visit(outer), element, arguments);
    }
    return arguments.length == 0 ? type : types.getDeclaredType(element, arguments);
  }

  @Override
  public TypeMirror visitArray(ArrayType type, @Nullable Void unused) {
    return types.getArrayType(visit(type.getComponentType()));
  }

  @Override
  public TypeMirror visitWildcard(WildcardType type, @Nullable Void unused) {
    TypeMirror upper = type.getExtendsBound();
    TypeMirror lower = type.getSuperBound();
    return types.getWildcardType(
        upper == null ? null : visit(upper), lower == null ? null : visit(lower));
  }

  @Override
  protected TypeMirror defaultAction(TypeMirror type, @Nullable Void unused) {
    return type;
  }
}
