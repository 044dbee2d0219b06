package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Delegate;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.read.Members.Declaration;
import dev.llmretry.processor.read.Members.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Decides which type the delegate of a wrapper has. An annotated interface that extends one of a
 * library, only to annotate it, is implemented by no class of that library: there, the delegate is
 * the superinterface.
 */
final class DelegateReader {

  private final ReaderContext context;
  private final Types types;
  private final RetryAnnotationFinder annotations;
  private final TypeElement type;
  private final List<Member> members;
  private @Nullable DeclaredType wider;
  private @Nullable String obstacle;

  /**
   * Creates a reader.
   *
   * @param members the methods of the annotated interface
   */
  DelegateReader(ReaderContext context, RetryAnnotationFinder annotations, List<Member> members) {
    this.annotations = annotations;
    this.context = context;
    this.types = context.types();
    this.type = context.type();
    this.members = members;
    DeclaredType next = widerThan((DeclaredType) type.asType());
    while (next != null) {
      wider = next;
      next = isAlias(next) ? widerThan(next) : null;
    }
  }

  Delegate read() {
    if (wider == null) {
      return new Delegate(null, obstacle, List.of());
    }
    return new Delegate(context.names().get(wider), null, lostToLambda(wider));
  }

  /** Returns the type of the delegate. */
  DeclaredType delegateType() {
    return wider == null ? (DeclaredType) type.asType() : wider;
  }

  /**
   * Returns the interface whose default method a method is, if the type of the delegate lacks it or
   * implements it differently; otherwise null.
   */
  @Nullable DeclaredType ownerOfDefault(Member member) {
    return wider != null && isOwnDefault(member, wider) ? ownerOf(member) : null;
  }

  private DeclaredType ownerOf(Member member) {
    return context.supertypes().interfaces(type.asType()).stream()
        .filter(each -> each.asElement().equals(member.main().owner()))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOwnDefault(Member member, DeclaredType candidate) {
    return member.main().method().isDefault()
        && !types.isSubtype(
            types.erasure(candidate), types.erasure(member.main().owner().asType()));
  }

  private @Nullable DeclaredType widerThan(DeclaredType from) {
    if (addsAbstractMethod(from)) {
      return null;
    }
    List<DeclaredType> all = extendedBy(from);
    List<DeclaredType> nearest =
        all.stream()
            .filter(each -> all.stream().noneMatch(other -> isProperSubtype(other, each)))
            .toList();
    List<DeclaredType> toImplement =
        nearest.stream()
            .filter(each -> membersOf(each).stream().anyMatch(DelegateReader::isAbstract))
            .toList();
    List<DeclaredType> candidates = toImplement.isEmpty() ? nearest : toImplement;
    boolean isForeign = candidates.stream().noneMatch(this::isAnnotated);
    if (candidates.size() == 1) {
      String reason = obstacleTo(candidates.get(0));
      obstacle = isForeign ? reason : null;
      return reason == null ? candidates.get(0) : null;
    }
    if (!candidates.isEmpty() && isForeign) {
      obstacle =
          candidates.stream()
              .map(each -> each.asElement().getSimpleName())
              .collect(Collectors.joining(" and ", "it extends several interfaces, ", ""));
    }
    return null;
  }

  /** Returns whether an interface has our annotations, and so is one that the user implements. */
  private boolean isAnnotated(DeclaredType candidate) {
    return !annotations.find(candidate.asElement()).isEmpty()
        || membersOf(candidate).stream()
            .flatMap(member -> member.all().stream())
            .map(Declaration::method)
            .anyMatch(
                method ->
                    Mirrors.find(method, Names.NO_RETRY) != null
                        || !annotations.find(method).isEmpty());
  }

  private boolean addsAbstractMethod(DeclaredType from) {
    return members.stream()
        .filter(DelegateReader::isAbstract)
        .anyMatch(
            member ->
                member.all().stream()
                    .allMatch(declaration -> declaration.owner().equals(from.asElement())));
  }

  /** Returns why calls of an interface cannot implement the annotated one, or null. */
  private @Nullable String obstacleTo(DeclaredType candidate) {
    String name = candidate.asElement().getSimpleName().toString();
    if (!context.accessibility().isAccessible((TypeElement) candidate.asElement())) {
      return "the generated class cannot access " + name;
    }
    Map<ExecutableElement, Member> inherited = new HashMap<>();
    for (Member member : membersOf(candidate)) {
      member.all().forEach(declaration -> inherited.put(declaration.method(), member));
    }
    for (Member member : members) {
      if (isOwnDefault(member, candidate)) {
        if (!isDeterminedBy(candidate, ownerOf(member))) {
          return "a default method needs type arguments that " + name + " does not have";
        }
      } else if (!isCallable(member, inherited)) {
        return member.name() + "() has another return type or other exceptions than in " + name;
      }
    }
    return null;
  }

  /**
   * Returns whether the type arguments of an interface follow from those of the delegate, so that
   * the delegate can be cast to it.
   */
  private boolean isDeterminedBy(DeclaredType candidate, DeclaredType owner) {
    return owner.getTypeArguments().isEmpty()
        || (owner.asElement().equals(type)
            && owner.getTypeArguments().stream()
                .allMatch(
                    variable ->
                        candidate.getTypeArguments().stream()
                            .anyMatch(argument -> types.isSameType(argument, variable))));
  }

  /** Returns whether a method can be implemented by a call of the inherited one. */
  private boolean isCallable(Member member, Map<ExecutableElement, Member> inherited) {
    for (Declaration declaration : member.all()) {
      Member called = inherited.get(declaration.method());
      if (called != null) {
        Substitution inMember =
            new Substitution(
                types,
                called.main().type().getTypeVariables(),
                member.main().type().getTypeVariables());
        return isAssignable(inMember.in(called.returnType(types)), member.returnType(types))
            && called.thrown(types).stream()
                .map(inMember::in)
                .allMatch(thrown -> isPermitted(thrown, member.thrown(types)));
      }
    }
    return false;
  }

  private boolean isAssignable(TypeMirror returned, TypeMirror wanted) {
    boolean isReference = !returned.getKind().isPrimitive() && returned.getKind() != TypeKind.VOID;
    return types.isSameType(returned, wanted) || (isReference && types.isSubtype(returned, wanted));
  }

  private boolean isPermitted(TypeMirror thrown, List<TypeMirror> permitted) {
    return context.supertypes().checked(List.of(thrown)).isEmpty()
        || permitted.stream().anyMatch(each -> types.isSubtype(thrown, each));
  }

  private List<String> lostToLambda(DeclaredType functional) {
    List<Member> all = membersOf(functional);
    return all.stream().filter(DelegateReader::isAbstract).count() == 1
        ? all.stream().filter(member -> !isAbstract(member)).map(Member::name).distinct().toList()
        : List.of();
  }

  private List<Member> membersOf(DeclaredType candidate) {
    return Members.of(types, context.supertypes().interfaces(candidate));
  }

  private static boolean isAbstract(Member member) {
    return member.main().method().getModifiers().contains(Modifier.ABSTRACT);
  }

  private boolean isProperSubtype(DeclaredType candidate, DeclaredType supertype) {
    return !candidate.asElement().equals(supertype.asElement())
        && types.isSubtype(types.erasure(candidate), types.erasure(supertype));
  }

  /** Returns whether an interface declares nothing, and so is another name for what it extends. */
  private boolean isAlias(DeclaredType candidate) {
    return extendedBy(candidate).size() == 1
        && membersOf(candidate).stream()
            .flatMap(member -> member.all().stream())
            .noneMatch(declaration -> declaration.owner().equals(candidate.asElement()));
  }

  /** Returns the direct superinterfaces that have methods. */
  private List<DeclaredType> extendedBy(DeclaredType candidate) {
    return types.directSupertypes(candidate).stream()
        .map(DeclaredType.class::cast)
        .filter(each -> each.asElement().getKind().isInterface())
        .filter(each -> !membersOf(each).isEmpty())
        .toList();
  }
}
