package dev.llmretry.processor.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads the public instance methods of types. */
final class InstanceMethods {

  private static final String CONTINUATION = "kotlin.coroutines.Continuation";

  /** Names of the methods of functional interfaces that are not marked as such. */
  private static final Set<String> TASKS =
      Set.of("apply", "call", "compute", "execute", "get", "invoke", "run");

  private final Types types;
  private final Map<TypeKey, List<InstanceMethod>> known = new HashMap<>();

  InstanceMethods(Types types) {
    this.types = types;
  }

  /**
   * A method as a member of a type.
   *
   * @param parameters the types of its parameters; of a Kotlin suspend function, without the
   *     continuation
   * @param result what it returns; of a suspend function, what it resumes with
   */
  record InstanceMethod(ExecutableElement element, List<TypeMirror> parameters, TypeMirror result) {

    /** Creates a method. */
    InstanceMethod {
      parameters = List.copyOf(parameters);
    }

    String name() {
      return element.getSimpleName().toString();
    }

    boolean isAbstract() {
      return element.getModifiers().contains(Modifier.ABSTRACT);
    }
  }

  /** Returns the methods of a type and its supertypes, except for those of {@link Object}. */
  List<InstanceMethod> of(DeclaredType type) {
    TypeKey key = TypeKey.of(type);
    List<InstanceMethod> found = known.get(key);
    if (found == null) {
      found = read(type);
      known.put(key, found);
    }
    return found;
  }

  private List<InstanceMethod> read(DeclaredType type) {
    Map<String, InstanceMethod> found = new LinkedHashMap<>();
    add(withoutWildcards(type), found, new HashSet<>());
    return List.copyOf(found.values());
  }

  private void add(DeclaredType type, Map<String, InstanceMethod> found, Set<String> seen) {
    TypeElement element = (TypeElement) type.asElement();
    String name = element.getQualifiedName().toString();
    if (name.equals("java.lang.Object") || !seen.add(name)) {
      return;
    }
    for (ExecutableElement method : ElementFilter.methodsIn(element.getEnclosedElements())) {
      if (method.getModifiers().contains(Modifier.PUBLIC)
          && !method.getModifiers().contains(Modifier.STATIC)
          && !Members.isObjectMethod(method)) {
        InstanceMethod member = asMemberOf(type, method);
        found.putIfAbsent(member.name() + erased(member.parameters()), member);
      }
    }
    for (TypeMirror supertype : types.directSupertypes(type)) {
      if (supertype.getKind() == TypeKind.DECLARED) {
        add((DeclaredType) supertype, found, seen);
      }
    }
  }

  private List<String> erased(List<TypeMirror> parameters) {
    return parameters.stream().map(parameter -> types.erasure(parameter).toString()).toList();
  }

  private InstanceMethod asMemberOf(DeclaredType receiver, ExecutableElement method) {
    ExecutableType seen = (ExecutableType) types.asMemberOf(receiver, method);
    List<TypeMirror> parameters = new ArrayList<>(seen.getParameterTypes());
    TypeMirror result = seen.getReturnType();
    DeclaredType continuation =
        parameters.isEmpty() ? null : continuation(parameters.get(parameters.size() - 1));
    if (continuation != null) {
      parameters.remove(parameters.size() - 1);
      result = withoutWildcards(continuation).getTypeArguments().get(0);
    }
    return new InstanceMethod(method, parameters, result);
  }

  private static @Nullable DeclaredType continuation(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
            && ((TypeElement) ((DeclaredType) type).asElement())
                .getQualifiedName()
                .contentEquals(CONTINUATION)
            && !((DeclaredType) type).getTypeArguments().isEmpty()
        ? (DeclaredType) type
        : null;
  }

  /** Returns the only abstract method of an interface, or null. */
  @Nullable InstanceMethod function(DeclaredType type) {
    if (!type.asElement().getKind().isInterface()) {
      return null;
    }
    List<InstanceMethod> found = of(type).stream().filter(InstanceMethod::isAbstract).toList();
    return found.size() == 1 ? found.get(0) : null;
  }

  /** Returns whether a type is a function, as opposed to data that has one method. */
  boolean isFunction(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return false;
    }
    InstanceMethod function = function((DeclaredType) type);
    return function != null && (isMarked((DeclaredType) type) || TASKS.contains(function.name()));
  }

  /**
   * Returns whether a type is a function without parameters, such as a {@code Runnable} or a {@code
   * Supplier}.
   */
  boolean isTask(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return false;
    }
    InstanceMethod function = function((DeclaredType) type);
    return function != null
        && function.parameters().isEmpty()
        && (isMarked((DeclaredType) type) || TASKS.contains(function.name()));
  }

  private static boolean isMarked(DeclaredType type) {
    return type.asElement().getAnnotation(FunctionalInterface.class) != null;
  }

  /** Returns whether a method of {@code type} that returns {@code result} can be chained. */
  boolean isItself(TypeMirror result, DeclaredType type) {
    TypeMirror erased = types.erasure(result);
    return erased.getKind() == TypeKind.DECLARED
        && !erased.toString().equals("java.lang.Object")
        && types.isSubtype(types.erasure(type), erased);
  }

  /** Returns a type with the bounds of its wildcards in place of these. */
  DeclaredType withoutWildcards(DeclaredType type) {
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    if (arguments.stream().noneMatch(WildcardType.class::isInstance)) {
      return type;
    }
    TypeElement element = (TypeElement) type.asElement();
    TypeMirror[] bounds = new TypeMirror[arguments.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] =
          arguments.get(i) instanceof WildcardType wildcard
              ? bound(wildcard, element.getTypeParameters().get(i).asType())
              : arguments.get(i);
    }
    TypeMirror outer = type.getEnclosingType();
    return outer.getKind() == TypeKind.DECLARED
        ? types.getDeclaredType((DeclaredType) outer, element, bounds)
        : types.getDeclaredType(element, bounds);
  }

  /** Returns the bound of a wildcard; that of its type variable if it has none. */
  private TypeMirror bound(WildcardType wildcard, TypeMirror variable) {
    if (wildcard.getSuperBound() != null) {
      return wildcard.getSuperBound();
    }
    return wildcard.getExtendsBound() == null
        ? types.erasure(variable)
        : wildcard.getExtendsBound();
  }
}
