package dev.llmretry.processor.read;

import static java.util.stream.Collectors.toList;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import com.palantir.javapoet.WildcardTypeName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.NoType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/**
 * Converts types of signatures to source code. Unlike {@link TypeName#get}, it keeps type-use
 * annotations and renames type variables that would shadow another one.
 */
final class TypeNames extends SimpleTypeVisitor14<TypeName, @Nullable Void> {

  private final EmissionNotes notes;
  private final AnnotationSpecs annotations;
  private final Set<String> typeVariables = new LinkedHashSet<>();
  private final Map<TypeVariableKey, String> variableNames = new HashMap<>();
  private Set<String> inScope = new HashSet<>();

  TypeNames(EmissionNotes notes, AnnotationSpecs annotations) {
    this.notes = notes;
    this.annotations = annotations;
  }

  TypeName get(TypeMirror type) {
    return type.accept(this, null);
  }

  List<TypeName> getAll(List<? extends TypeMirror> types) {
    return types.stream().map(this::get).collect(toList());
  }

  /**
   * Returns the declarations of type variables, with their bounds. A variable is renamed if another
   * one of its name is in scope, to which the types of the declaration may refer.
   */
  List<TypeVariableName> declare(List<? extends TypeVariable> variables) {
    for (TypeVariable variable : variables) {
      String name = variable.asElement().getSimpleName().toString();
      for (int i = 2; !inScope.add(name); i++) {
        name = variable.asElement().getSimpleName().toString() + i;
      }
      variableNames.put(TypeVariableKey.of(variable), name);
      typeVariables.add(name);
    }
    return variables.stream().map(this::declare).toList();
  }

  private TypeVariableName declare(TypeVariable variable) {
    return TypeVariableName.get(nameOf(variable), bounds(variable).toArray(new TypeName[0]))
        .annotated(annotations.of(variable.asElement().getAnnotationMirrors()));
  }

  private List<TypeName> bounds(TypeVariable variable) {
    List<? extends TypeMirror> declared = ((TypeParameterElement) variable.asElement()).getBounds();
    TypeMirror bound = variable.getUpperBound();
    List<TypeName> names =
        switch (bound.getKind()) {
          case INTERSECTION -> getAll(((IntersectionType) bound).getBounds());
          // In the Eclipse compiler, that of one which extends Object and an interface.
          case TYPEVAR -> getAll(isSame(bound, variable) ? declared : List.of(bound));
          default -> getAll(List.of(bound));
        };
    if (declared.size() > 1 && Members.isObject(declared.get(0))) {
      // The erasure is Object, a bound that JavaPoet and the Eclipse compiler leave out.
      names.removeIf(ClassName.OBJECT::equals);
      if (names.stream().noneMatch(name -> name.withoutAnnotations().equals(ClassName.OBJECT))) {
        names.add(0, TypeVariableName.get(ClassName.OBJECT.canonicalName()));
      }
    }
    return names;
  }

  private static boolean isSame(TypeMirror bound, TypeVariable variable) {
    return ((TypeVariable) bound).asElement().equals(variable.asElement());
  }

  /** Calls a reader; type variables that it declares go out of scope when it returns. */
  <R> R inScope(Supplier<R> reading) {
    Set<String> around = inScope;
    inScope = new HashSet<>(around);
    try {
      return reading.get();
    } finally {
      inScope = around;
    }
  }

  private String nameOf(TypeVariable variable) {
    TypeVariableKey declared = TypeVariableKey.of(variable);
    return variableNames.getOrDefault(declared, declared.name());
  }

  /** Returns the names of the type variables that were declared. */
  Set<String> typeVariables() {
    return typeVariables;
  }

  @Override
  public TypeName visitDeclared(DeclaredType type, @Nullable Void unused) {
    TypeElement element = (TypeElement) type.asElement();
    notes.noteType(type);
    TypeMirror enclosing = type.getEnclosingType();
    List<TypeName> arguments = getAll(type.getTypeArguments());
    TypeName name;
    if (isParameterized(enclosing) && !element.getModifiers().contains(Modifier.STATIC)) {
      ParameterizedTypeName outer = (ParameterizedTypeName) get(enclosing);
      name = outer.nestedClass(element.getSimpleName().toString(), arguments);
    } else if (arguments.isEmpty()) {
      name = ClassName.get(element);
    } else {
      name = ParameterizedTypeName.get(ClassName.get(element), arguments.toArray(new TypeName[0]));
    }
    return annotated(name, type);
  }

  static boolean isParameterized(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && !((DeclaredType) type).getTypeArguments().isEmpty();
  }

  private TypeName annotated(TypeName name, TypeMirror type) {
    List<AnnotationSpec> specs = annotations.ofType(type);
    return specs.isEmpty() ? name : name.annotated(specs);
  }

  @Override
  public TypeName visitError(ErrorType type, @Nullable Void unused) {
    notes.markIncomplete();
    return ClassName.OBJECT;
  }

  @Override
  public TypeName visitPrimitive(PrimitiveType type, @Nullable Void unused) {
    return annotated(TypeName.get(type), type);
  }

  @Override
  public TypeName visitNoType(NoType type, @Nullable Void unused) {
    return TypeName.get(type);
  }

  @Override
  public TypeName visitArray(ArrayType type, @Nullable Void unused) {
    return annotated(ArrayTypeName.of(get(type.getComponentType())), type);
  }

  @Override
  public TypeName visitTypeVariable(TypeVariable type, @Nullable Void unused) {
    return annotated(TypeVariableName.get(nameOf(type)), type);
  }

  @Override
  public TypeName visitWildcard(WildcardType type, @Nullable Void unused) {
    TypeMirror lower = type.getSuperBound();
    if (lower != null) {
      return annotated(WildcardTypeName.supertypeOf(get(lower)), type);
    }
    TypeMirror upper = type.getExtendsBound();
    return annotated(
        WildcardTypeName.subtypeOf(upper == null ? ClassName.OBJECT : get(upper)), type);
  }

  @Override
  protected TypeName defaultAction(TypeMirror type, @Nullable Void unused) {
    throw new IllegalArgumentException("A signature cannot contain " + type.getKind());
  }
}
