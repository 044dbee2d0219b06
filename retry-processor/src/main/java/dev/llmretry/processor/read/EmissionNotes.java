package dev.llmretry.processor.read;

import com.palantir.javapoet.ClassName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Collects, while an annotated type is read, what affects the source code generated for it: lint
 * warnings to suppress, types that it cannot access, simple names that are ambiguous in it, and
 * types that do not exist yet.
 */
final class EmissionNotes {

  private final Elements elements;
  private final Accessibility accessibility;
  private final Set<String> lints = new TreeSet<>();
  private final Set<String> inaccessible = new LinkedHashSet<>();
  private final Set<String> javaLangNames =
      new TreeSet<>(Set.of("Deprecated", "Exception", "Override", "String", "SuppressWarnings"));
  private final Set<String> types = new LinkedHashSet<>();
  private final Set<String> innerNames = new TreeSet<>();
  private boolean complete = true;

  EmissionNotes(Elements elements, Accessibility accessibility) {
    this.elements = elements;
    this.accessibility = accessibility;
  }

  /** Returns whether everything that was read exists. */
  boolean isComplete() {
    return complete;
  }

  /** Returns the lint categories that the generated code has to suppress. */
  Set<String> lints() {
    return lints;
  }

  /** Returns the simple names of the types of {@code java.lang} that the code refers to. */
  Set<String> javaLangNames() {
    return javaLangNames;
  }

  /** Returns the qualified names of the types that the code, or an annotation, refers to. */
  Set<String> types() {
    return types;
  }

  /** Returns the names that anonymous classes in the generated methods inherit. */
  Set<String> innerNames() {
    return innerNames;
  }

  /** Returns, and clears, the inaccessible types and unusable names seen since the last call. */
  List<String> takeInaccessible() {
    List<String> taken = List.copyOf(inaccessible);
    inaccessible.clear();
    return taken;
  }

  /** Notes that a type does not exist. Another processor may still generate it. */
  void markIncomplete() {
    complete = false;
  }

  /** Notes that the generated code refers to a type. */
  void noteType(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    types.add(element.getQualifiedName().toString());
    boolean isRaw = type.getTypeArguments().isEmpty() && !element.getTypeParameters().isEmpty();
    if (isRaw || isInnerOfRaw(type)) {
      lints.add("rawtypes");
    }
    noteDeprecation(element);
    if (elements.getPackageOf(element).getQualifiedName().contentEquals("java.lang")) {
      javaLangNames.add(ClassName.get(element).topLevelClassName().simpleName());
    }
    if (EnclosingTypes.of(element).size() == 1
        && !element.getModifiers().contains(Modifier.PUBLIC)) {
      lints.add("auxiliaryclass");
    }
    if (!accessibility.isAccessible(element)) {
      noteInaccessible(element.getQualifiedName().toString());
    }
  }

  private static boolean isInnerOfRaw(DeclaredType type) {
    return !type.asElement().getModifiers().contains(Modifier.STATIC)
        && type.asElement().getEnclosingElement() instanceof TypeElement outer
        && !outer.getTypeParameters().isEmpty()
        && !TypeNames.isParameterized(type.getEnclosingType());
  }

  /** Notes that the code uses an element. Members of deprecated types are deprecated too. */
  void noteDeprecation(Element element) {
    Stream.concat(Stream.of(element), EnclosingTypes.of(element).stream())
        .filter(this::isDeprecated)
        .forEach(each -> lints.add(isForRemoval(each) ? "removal" : "deprecation"));
  }

  /** The Eclipse compiler does not see that Kotlin's annotation deprecates an element. */
  private boolean isDeprecated(Element element) {
    return elements.isDeprecated(element) || Mirrors.find(element, "kotlin.Deprecated") != null;
  }

  private static boolean isForRemoval(Element element) {
    Deprecated deprecated = element.getAnnotation(Deprecated.class);
    return deprecated != null && deprecated.forRemoval();
  }

  /** Notes what the code would have to refer to but cannot access. */
  void noteInaccessible(String what) {
    inaccessible.add(what);
  }

  /** Notes the name of an overridden method. Some names from Kotlin are not valid in Java. */
  void noteName(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (!SourceVersion.isName(name)) {
      noteInaccessible(name);
    }
  }

  /** Notes that a method overrides {@code Object.finalize}, which is deprecated. */
  void noteFinalize() {
    lints.addAll(Set.of("deprecation", "removal"));
  }

  /** Notes names that an anonymous class inherits from the interface it implements. */
  void noteInner(Set<String> memberNames) {
    innerNames.addAll(memberNames);
  }

  /** Notes an unchecked conversion of a raw type. */
  void noteUnchecked() {
    lints.add("unchecked");
  }

  /** Notes a cast that only some compilers need. */
  void noteCast() {
    lints.add("cast");
  }

  /** Notes the implementation of a closeable type, whose {@code close} may be interrupted. */
  void noteCloseable() {
    lints.add("try");
  }

  /** Notes a variable arity parameter of that array type. */
  void noteVarargs(Types types, TypeMirror array) {
    TypeMirror component = ((ArrayType) array).getComponentType();
    if (!types.isSameType(component, types.erasure(component))) {
      lints.add("unchecked");
    }
  }
}
