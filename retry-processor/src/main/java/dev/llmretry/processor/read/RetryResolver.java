package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.RetryAnnotations;
import dev.llmretry.processor.model.RetryAnnotations.OptOut;
import dev.llmretry.processor.model.RetryAnnotations.RetryAnnotation;
import dev.llmretry.processor.read.Members.Declaration;
import dev.llmretry.processor.read.Members.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Resolves which annotation, of a method's own and of those it inherits, applies to a method. */
final class RetryResolver {

  private final ReaderContext context;
  private final Types types;
  private final TypeElement type;
  private final RetryAnnotationFinder finder;
  private final WeavingReader weaving;
  private final List<DeclaredType> interfaces;
  private final boolean isInterface;
  private final Accessors accessors;

  RetryResolver(ReaderContext context, RetryAnnotationFinder finder, WeavingReader weaving) {
    this.context = context;
    this.types = context.types();
    this.type = context.type();
    this.finder = finder;
    this.weaving = weaving;
    this.interfaces = context.supertypes().interfaces(type.asType());
    this.isInterface = type.getKind() == ElementKind.INTERFACE;
    this.accessors = new Accessors(context);
  }

  /** Returns the annotations that may apply to a method. */
  RetryAnnotations annotations(Member member) {
    ExecutableElement method = member.main().method();
    boolean isOwn = member.main().owner().equals(type);
    List<RetryAnnotation> own = isOwn ? finder.find(method) : List.of();
    OptOut noRetry = isOwn ? noRetry(method) : null;
    List<RetryAnnotation> inherited = new ArrayList<>();
    if (own.isEmpty() && noRetry == null) {
      for (Declaration declaration : member.nearest(types, this::isAnnotated)) {
        OptOut found = noRetry(declaration.method());
        if (found == null) {
          inherited.addAll(finder.find(declaration.method()));
        } else if (noRetry == null) {
          noRetry = found;
        }
      }
    }
    boolean isOpen = own.isEmpty() && noRetry == null && inherited.isEmpty();
    if (isOpen && isInterface && !isClose(method)) {
      inherited.addAll(onNearestTypes(member));
    }
    return new RetryAnnotations(own, inherited, noRetry, isOpen);
  }

  /** Returns the settings of a method, or null if it is not retried. */
  @Nullable Policy policy(ExecutableElement method, RetryAnnotations found) {
    if (!found.own().isEmpty()) {
      return found.own().get(0).policy();
    }
    if (found.noRetry() != null) {
      return null;
    }
    List<RetryAnnotation> candidates = isInterface ? found.inherited() : fromClass(method);
    return candidates.isEmpty() ? null : candidates.get(0).policy();
  }

  /** Methods of a class inherit only the annotations of the class itself. */
  private List<RetryAnnotation> fromClass(ExecutableElement method) {
    boolean isEligible =
        weaving.isRetriedWithClass(method)
            && !method.getModifiers().contains(Modifier.ABSTRACT)
            && !isClose(method)
            && !weaving.isOwnRuntime(method);
    return isEligible ? finder.find(type) : List.of();
  }

  /** Returns whether an inherited method is retried, or opted out, where it is declared. */
  boolean isRetriedByItself(ExecutableElement method) {
    return !finder.find(method).isEmpty()
        || noRetry(method) != null
        || isClose(method)
        || !finder.find(EnclosingTypes.of(method).get(0)).isEmpty();
  }

  /** Returns whether a method is {@link AutoCloseable#close}, which no type annotation covers. */
  boolean isClose(ExecutableElement method) {
    return method.getSimpleName().contentEquals("close")
        && method.getParameters().isEmpty()
        && context
            .supertypes()
            .names(type.asType())
            .contains(AutoCloseable.class.getCanonicalName());
  }

  /** Returns whether a method inherits no annotation of a type, since it makes no request. */
  boolean isInheritedAccessor(Member member) {
    return accessors.isInherited(member, type);
  }

  private boolean isAnnotated(Declaration declaration) {
    return noRetry(declaration.method()) != null || !finder.find(declaration.method()).isEmpty();
  }

  private @Nullable OptOut noRetry(ExecutableElement method) {
    AnnotationMirror mirror = Mirrors.find(method, Names.NO_RETRY);
    return mirror == null
        ? null
        : new OptOut(
            EnclosingTypes.of(method).get(0).getSimpleName().toString(),
            context.position(method, mirror));
  }

  /** Returns the annotations of the most specific annotated types that declare a method. */
  private List<RetryAnnotation> onNearestTypes(Member member) {
    Map<DeclaredType, RetryAnnotation> annotated = new LinkedHashMap<>();
    for (DeclaredType each : interfaces) {
      List<RetryAnnotation> found = finder.find(each.asElement());
      if (!found.isEmpty()
          && hasMember(each, member)
          && !accessors.isInherited(member, each.asElement())) {
        annotated.put(each, found.get(0));
      }
    }
    Set<DeclaredType> all = annotated.keySet();
    return all.stream()
        .filter(each -> all.stream().noneMatch(other -> isProperSubtype(other, each)))
        .map(annotated::get)
        .toList();
  }

  private boolean isProperSubtype(DeclaredType candidate, DeclaredType supertype) {
    return !candidate.asElement().equals(supertype.asElement())
        && types.isSubtype(types.erasure(candidate), types.erasure(supertype));
  }

  private boolean hasMember(DeclaredType candidate, Member member) {
    return member.all().stream()
        .map(declaration -> types.erasure(declaration.owner().asType()))
        .anyMatch(owner -> types.isSubtype(types.erasure(candidate), owner));
  }
}
