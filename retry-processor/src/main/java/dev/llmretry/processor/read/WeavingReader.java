package dev.llmretry.processor.read;

import static javax.lang.model.util.ElementFilter.methodsIn;

import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.model.Weaving;
import dev.llmretry.processor.model.WovenType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Reads how AspectJ retries the methods of a class. The pointcuts of {@code
 * dev.llmretry.aspectj.RetryPointcuts} make the same distinctions when the class is woven.
 */
final class WeavingReader {

  /** Modifiers that prevent weaving. */
  private static final Map<Modifier, String> OBSTACLES =
      Map.of(
          Modifier.ABSTRACT, "abstract",
          Modifier.NATIVE, "native",
          Modifier.SYNCHRONIZED, "synchronized");

  /** The superclasses of all classes and of all enums. */
  private static final Set<String> ROOTS = Set.of("java.lang.Object", "java.lang.Enum");

  private final Elements elements;
  private final Types types;
  private final Supertypes supertypes;
  private final TypeElement type;

  WeavingReader(ReaderContext context) {
    this.elements = context.elements();
    this.types = context.types();
    this.supertypes = context.supertypes();
    this.type = context.type();
  }

  /**
   * Reads the class.
   *
   * @param isAnnotated whether the class itself is annotated
   * @param isRetried whether a method of a superclass is retried there
   */
  WovenType type(boolean isAnnotated, Predicate<ExecutableElement> isRetried) {
    return new WovenType(isAnnotated ? unreached(isRetried) : List.of());
  }

  private List<String> unreached(Predicate<ExecutableElement> isRetried) {
    List<String> unreached = new ArrayList<>();
    for (ExecutableElement method : methodsIn(elements.getAllMembers(type))) {
      TypeElement owner = EnclosingTypes.of(method).get(0);
      boolean isInherited =
          !owner.equals(type) && !ROOTS.contains(owner.getQualifiedName().toString());
      if (isInherited
          && isRetriedWithClass(method)
          && !method.getModifiers().contains(Modifier.ABSTRACT)
          && !isRetried.test(method)) {
        unreached.add(owner.getSimpleName() + "." + method.getSimpleName() + "()");
      }
    }
    return unreached;
  }

  /** Returns whether an annotation on the class covers a method that it declares. */
  boolean isRetriedWithClass(ExecutableElement method) {
    return !method.getModifiers().contains(Modifier.STATIC)
        && !method.getModifiers().contains(Modifier.PRIVATE)
        && !Members.isObjectMethod(method);
  }

  /** The aspect calls {@code retryRuntime} for each call, so retrying it would recurse. */
  boolean isOwnRuntime(ExecutableElement method) {
    return method.getSimpleName().contentEquals("retryRuntime")
        && method.getParameters().isEmpty()
        && hasOwnRuntime();
  }

  private boolean hasOwnRuntime() {
    return supertypes.names(type.asType()).contains(Names.RETRY_RUNTIME_PROVIDER);
  }

  /** Reads a method. */
  Weaving method(ExecutableElement method, @Nullable Policy retry, ReturnFamily family) {
    return new Weaving(
        id(method),
        retry != null && isLoop(method, retry, family),
        obstacle(method),
        overridden(method));
  }

  private boolean isLoop(ExecutableElement method, Policy retry, ReturnFamily family) {
    return !retry.isTimed()
        && !retry.untilFirstElement()
        && retry.check() == null
        && retry.revise() == null
        && (family == ReturnFamily.VALUE || family == ReturnFamily.STREAM)
        && !method.getModifiers().contains(Modifier.STATIC)
        && method.getParameters().stream().noneMatch(this::needsCompanion)
        && !hasOwnRuntime();
  }

  /** Returns whether the loop that is woven in cannot replace an argument. */
  private boolean needsCompanion(VariableElement parameter) {
    return Mirrors.find(parameter, Names.STREAM_CALLBACK) != null
        || TypeClassifier.isAttempt(types.erasure(parameter.asType()));
  }

  private static @Nullable String obstacle(ExecutableElement method) {
    return method.getModifiers().stream()
        .filter(OBSTACLES::containsKey)
        .map(OBSTACLES::get)
        .findFirst()
        .orElse(null);
  }

  /** Returns the ids of the overridden methods, from the class upwards. */
  private List<String> overridden(ExecutableElement method) {
    List<String> overridden = new ArrayList<>();
    for (TypeElement base = superclass(type); base != null; base = superclass(base)) {
      for (ExecutableElement candidate : methodsIn(base.getEnclosedElements())) {
        if (elements.overrides(method, candidate, type)
            && !candidate.getModifiers().contains(Modifier.ABSTRACT)) {
          overridden.add(elements.getBinaryName(base) + "." + id(candidate));
        }
      }
    }
    return overridden;
  }

  private @Nullable TypeElement superclass(TypeElement of) {
    TypeMirror superclass = of.getSuperclass();
    TypeElement element =
        superclass.getKind() == TypeKind.DECLARED
            ? (TypeElement) types.asElement(superclass)
            : null;
    return element == null || element.getQualifiedName().contentEquals("java.lang.Object")
        ? null
        : element;
  }

  private String id(ExecutableElement method) {
    return method.getParameters().stream()
        .map(VariableElement::asType)
        .map(parameter -> runtimeName(types.erasure(parameter)))
        .collect(Collectors.joining(",", method.getSimpleName() + "(", ")"));
  }

  private String runtimeName(TypeMirror erased) {
    if (erased instanceof ArrayType array) {
      return runtimeName(array.getComponentType()) + "[]";
    }
    if (erased instanceof DeclaredType declared) {
      Element element = declared.asElement();
      return elements.getBinaryName((TypeElement) element).toString();
    }
    return erased.getKind().name().toLowerCase(Locale.ROOT);
  }
}
