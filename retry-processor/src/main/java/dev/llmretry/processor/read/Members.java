package dev.llmretry.processor.read;

import static javax.lang.model.util.ElementFilter.methodsIn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Types;

/**
 * Finds the methods that an implementation of an interface has to implement, and those that a class
 * declares.
 *
 * <p>Declarations that one method implements are one member: an interface may redeclare a method
 * that it inherits, or inherit it from several interfaces.
 */
final class Members {

  private final Types types;
  private final List<Member> members = new ArrayList<>();

  /** The members by what all declarations of a method have in common. */
  private final Map<List<String>, List<Member>> byErasure = new HashMap<>();

  private Members(Types types) {
    this.types = types;
  }

  /**
   * Returns the instance methods, except for those of {@link Object}.
   *
   * @param interfaces the interface, followed by its superinterfaces
   */
  static List<Member> of(Types types, List<DeclaredType> interfaces) {
    Members reader = new Members(types);
    for (int i = 0; i < interfaces.size(); i++) {
      DeclaredType type = interfaces.get(i);
      boolean isDeclaration = types.isSameType(type, type.asElement().asType());
      for (ExecutableElement method : methodsIn(type.asElement().getEnclosedElements())) {
        if (isImplemented(method) && !isObjectMethod(method)) {
          reader.add(method, type, i == 0 && isDeclaration);
        }
      }
    }
    return reader.members;
  }

  /** Returns the methods that a class declares. */
  static List<Member> declaredBy(TypeElement type) {
    return methodsIn(type.getEnclosedElements()).stream()
        .map(method -> new Member(new Declaration(method, (ExecutableType) method.asType())))
        .toList();
  }

  private static boolean isImplemented(ExecutableElement method) {
    return method.getKind() == ElementKind.METHOD
        && !method.getModifiers().contains(Modifier.STATIC)
        && !method.getModifiers().contains(Modifier.PRIVATE);
  }

  /** Returns whether a method is one that {@link Object} implements. */
  static boolean isObjectMethod(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    return switch (method.getSimpleName().toString()) {
      case "toString", "hashCode" -> parameters.isEmpty();
      case "equals" -> parameters.size() == 1 && isObject(parameters.get(0).asType());
      default -> false;
    };
  }

  /** Returns whether a type is {@link Object}. */
  static boolean isObject(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getQualifiedName().contentEquals("java.lang.Object");
  }

  /**
   * {@code asMemberOf} loses type-use annotations, so it is avoided where it changes nothing else.
   */
  private void add(ExecutableElement method, DeclaredType type, boolean own) {
    ExecutableType seen = (ExecutableType) (own ? method.asType() : types.asMemberOf(type, method));
    Declaration declaration = new Declaration(method, seen);
    List<Member> alike =
        byErasure.computeIfAbsent(erasureOf(declaration), unseen -> new ArrayList<>());
    for (Member member : alike) {
      if (isSameMethod(member.main(), declaration)) {
        member.add(declaration, types);
        return;
      }
    }
    Member member = new Member(declaration);
    alike.add(member);
    members.add(member);
  }

  /** Returns the name of a method, and the erasures of its parameters. */
  private List<String> erasureOf(Declaration declaration) {
    List<String> erasure = new ArrayList<>();
    erasure.add(declaration.method().getSimpleName().toString());
    declaration.type().getParameterTypes().forEach(parameter -> erasure.add(erasureOf(parameter)));
    return erasure;
  }

  private String erasureOf(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    return switch (erased.getKind()) {
      case ARRAY -> erasureOf(((ArrayType) erased).getComponentType()) + "[]";
      case DECLARED ->
          ((TypeElement) ((DeclaredType) erased).asElement()).getQualifiedName().toString();
      default -> erased.getKind().name();
    };
  }

  private boolean isSameMethod(Declaration one, Declaration other) {
    return types.isSubsignature(one.type(), other.type())
        || types.isSubsignature(other.type(), one.type())
        || one.isErasureOf(other, types)
        || other.isErasureOf(one, types);
  }

  /**
   * A declaration of a method.
   *
   * @param type its type as a member of the annotated interface
   */
  record Declaration(ExecutableElement method, ExecutableType type) {

    TypeElement owner() {
      return EnclosingTypes.of(method).get(0);
    }

    private boolean overrides(Declaration other, Types types) {
      return !owner().equals(other.owner())
          && types.isSubtype(
              types.erasure(owner().asType()), types.erasure(other.owner().asType()));
    }

    /**
     * Returns whether this is the erasure of {@code other}, and so implements it but not vice
     * versa.
     */
    boolean isErasureOf(Declaration other, Types types) {
      List<? extends TypeMirror> parameters = other.type().getParameterTypes();
      List<TypeMirror> erased = parameters.stream().map(types::erasure).toList();
      return type.getTypeVariables().isEmpty()
          && areSame(type.getParameterTypes(), erased, types)
          && !(other.type().getTypeVariables().isEmpty() && areSame(parameters, erased, types));
    }

    private static boolean areSame(
        List<? extends TypeMirror> some, List<? extends TypeMirror> others, Types types) {
      return some.size() == others.size()
          && IntStream.range(0, some.size())
              .allMatch(index -> types.isSameType(some.get(index), others.get(index)));
    }
  }

  /** A method with all its declarations. */
  static final class Member {

    private final List<Declaration> declarations = new ArrayList<>();

    private Member(Declaration first) {
      declarations.add(first);
    }

    private void add(Declaration declaration, Types types) {
      int place = 0;
      while (place < declarations.size()
          && !declaration.overrides(declarations.get(place), types)
          && !declaration.isErasureOf(declarations.get(place), types)) {
        place++;
      }
      declarations.add(place, declaration);
    }

    /** Returns the name of the method. */
    String name() {
      return main().method().getSimpleName().toString();
    }

    /**
     * Returns the declaration to repeat: the first of those that no other one overrides, erased
     * ones first.
     */
    Declaration main() {
      return declarations.get(0);
    }

    List<Declaration> all() {
      return declarations;
    }

    /** Returns whether the main declaration is the erasure of another one. */
    boolean isErased(Types types) {
      return declarations.stream().anyMatch(other -> main().isErasureOf(other, types));
    }

    /** Returns the declarations that no other one overrides. */
    List<Declaration> unrelated(Types types) {
      return nearest(types, declaration -> true);
    }

    /** Returns, of the declarations that match, those that no other one overrides. */
    List<Declaration> nearest(Types types, Predicate<Declaration> condition) {
      List<Declaration> candidates = declarations.stream().filter(condition).toList();
      return candidates.stream()
          .filter(
              declaration ->
                  candidates.stream().noneMatch(other -> other.overrides(declaration, types)))
          .toList();
    }

    /**
     * Returns a return type that is compatible with all declarations. Kotlin's {@code List<Narrow>}
     * overrides {@code Collection<Wide>}, which Java's does not: there, it is the erasure.
     */
    TypeMirror returnType(Types types) {
      TypeMirror nearest = nearestReturnType(types);
      return returnsErasure(types) ? types.erasure(nearest) : nearest;
    }

    /** Returns whether only the erasure of the return type is compatible with all declarations. */
    boolean returnsErasure(Types types) {
      TypeMirror nearest = nearestReturnType(types);
      return nearest.getKind() == TypeKind.DECLARED
          && !((DeclaredType) nearest).getTypeArguments().isEmpty()
          && declarations.stream()
              .map(each -> inMain(types, each, each.type().getReturnType()))
              .anyMatch(
                  other ->
                      !types.isSubtype(nearest, other)
                          && types.isSubtype(types.erasure(nearest), types.erasure(other)));
    }

    private static boolean hasAsManyTypeVariables(Declaration one, Declaration other) {
      return one.type().getTypeVariables().size() == other.type().getTypeVariables().size();
    }

    private TypeMirror nearestReturnType(Types types) {
      List<TypeMirror> all =
          unrelated(types).stream()
              .map(each -> inMain(types, each, each.type().getReturnType()))
              .toList();
      return narrowest(all, types)
          .or(() -> narrowest(all.stream().map(types::erasure).toList(), types))
          .orElse(main().type().getReturnType());
    }

    private static Optional<TypeMirror> narrowest(List<TypeMirror> all, Types types) {
      return all.stream()
          .filter(each -> all.stream().allMatch(other -> isAssignable(each, other, types)))
          .findFirst();
    }

    /**
     * Returns a type from a declaration in terms of the main one: with its type variables, or
     * erased if it is the erasure.
     */
    private TypeMirror inMain(Types types, Declaration from, TypeMirror type) {
      List<? extends TypeVariable> own = main().type().getTypeVariables();
      if (from.equals(main())) {
        return type;
      }
      return hasAsManyTypeVariables(from, main())
          ? new Substitution(types, from.type().getTypeVariables(), own).in(type)
          : types.erasure(type);
    }

    private static boolean isAssignable(TypeMirror returned, TypeMirror wanted, Types types) {
      boolean reference = !returned.getKind().isPrimitive() && returned.getKind() != TypeKind.VOID;
      return types.isSameType(returned, wanted) || (reference && types.isSubtype(returned, wanted));
    }

    /** Returns the exceptions that all declarations permit. */
    List<TypeMirror> thrown(Types types) {
      List<TypeMirror> thrown = List.copyOf(main().type().getThrownTypes());
      for (Declaration declaration : unrelated(types)) {
        List<TypeMirror> others =
            declaration.type().getThrownTypes().stream()
                .map(type -> inMain(types, declaration, type))
                .toList();
        thrown = common(thrown, others, types);
      }
      return thrown;
    }

    private static List<TypeMirror> common(
        List<? extends TypeMirror> some, List<? extends TypeMirror> others, Types types) {
      List<TypeMirror> common = new ArrayList<>();
      for (TypeMirror one : some) {
        if (others.stream().anyMatch(other -> types.isSubtype(one, other))) {
          common.add(one);
        }
      }
      for (TypeMirror other : others) {
        if (some.stream()
            .anyMatch(one -> types.isSubtype(other, one) && !types.isSameType(other, one))) {
          common.add(other);
        }
      }
      return common;
    }
  }
}
