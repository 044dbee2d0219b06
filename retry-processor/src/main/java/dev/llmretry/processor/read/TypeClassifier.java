package dev.llmretry.processor.read;

import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ElementSource;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.read.ParameterRoles.Finding;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Classifies return types and parameters with the help of {@link KnownTypes}. */
final class TypeClassifier {

  private final Elements elements;
  private final Supertypes supertypes;
  private final ParameterRoles roles;
  private final LazyResults lazyResults;

  TypeClassifier(Elements elements, Types types, Supertypes supertypes, InstanceMethods methods) {
    this.elements = elements;
    this.supertypes = supertypes;
    Contents contents = new Contents(types, supertypes, methods);
    this.roles = new ParameterRoles(supertypes, methods, contents);
    this.lazyResults =
        new LazyResults(supertypes, methods, contents, this::familyOf, roles::isCallback);
  }

  /** Returns the family of a return type. */
  ReturnFamily familyOf(TypeMirror type) {
    Set<String> names = supertypes.names(type);
    ReturnFamily family = KnownTypes.familyOf(names);
    if (family != null) {
      return family;
    }
    return sourceOf(type) != null || isStreamHandle(type, names)
        ? ReturnFamily.STREAM
        : ReturnFamily.VALUE;
  }

  /** Returns what retries methods that return exactly this type, or null. */
  static @Nullable AsyncAdapter adapterOf(TypeMirror type) {
    KnownType known = find(type);
    return known == null ? null : known.adapter();
  }

  /** Returns how to pull elements from exactly this type, or null. */
  static @Nullable ElementSource sourceOf(TypeMirror type) {
    KnownType known = find(type);
    return known == null ? null : known.pulledAs();
  }

  /** Returns the kind of a callback of exactly this type if it is a subscriber, or null. */
  static Callback.@Nullable Kind callbackKindOf(TypeMirror type) {
    KnownType known = find(type);
    return known == null ? null : known.callbackKind();
  }

  /** Returns the role of a parameter, and what determines it. */
  Finding roleOf(TypeMirror type) {
    Finding found = roles.roleOf(type);
    // Only the interface itself: the runtime's attempts are not instances of a subtype.
    return found.role() == ParameterRole.ATTEMPT && !isAttempt(type) ? Finding.PLAIN : found;
  }

  /** Returns what is lazy in a result of the family {@code VALUE}, or null. */
  @Nullable TypeMirror lazyPartOf(TypeMirror type) {
    return lazyResults.find(type);
  }

  /** Returns what is lazy in the elements of a future, publisher or stream, or null. */
  @Nullable TypeMirror lazyPartOfElements(TypeMirror type) {
    return lazyResults.findInElements(type);
  }

  /** Returns whether a type is {@code CancellationToken} itself. */
  static boolean isExactToken(TypeMirror type) {
    return isExactly(type, Names.CANCELLATION_TOKEN);
  }

  /** Returns whether a type is {@code Attempt} itself. */
  static boolean isAttempt(TypeMirror type) {
    return isExactly(type, Names.ATTEMPT);
  }

  private static boolean isExactly(TypeMirror type, String name) {
    return type.getKind() == TypeKind.DECLARED && nameOf(type).equals(name);
  }

  private static @Nullable KnownType find(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED ? KnownTypes.find(nameOf(type)) : null;
  }

  private static String nameOf(TypeMirror type) {
    return elementOf(type).getQualifiedName().toString();
  }

  private static TypeElement elementOf(TypeMirror type) {
    return (TypeElement) ((DeclaredType) type).asElement();
  }

  /** SDKs return a closeable object with a method that returns the stream. */
  private boolean isStreamHandle(TypeMirror type, Set<String> names) {
    return type.getKind() == TypeKind.DECLARED
        && names.contains("java.lang.AutoCloseable")
        && instanceMethods(elementOf(type))
            .filter(method -> method.getParameters().isEmpty())
            .map(ExecutableElement::getReturnType)
            .anyMatch(this::isStream);
  }

  private boolean isStream(TypeMirror type) {
    return KnownTypes.isStream(supertypes.names(type)) || sourceOf(type) != null;
  }

  private Stream<ExecutableElement> instanceMethods(TypeElement type) {
    return ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
        .filter(method -> method.getModifiers().contains(Modifier.PUBLIC))
        .filter(method -> !method.getModifiers().contains(Modifier.STATIC));
  }
}
