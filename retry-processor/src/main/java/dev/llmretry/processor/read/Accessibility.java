package dev.llmretry.processor.read;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Decides what a class in the package of the annotated type can access. */
final class Accessibility {

  private final Elements elements;
  private final PackageElement from;

  Accessibility(Elements elements, PackageElement from) {
    this.elements = elements;
    this.from = from;
  }

  /** Returns whether a type and the types around it are accessible. */
  boolean isAccessible(TypeElement type) {
    return EnclosingTypes.of(type).stream().allMatch(this::isMemberAccessible);
  }

  /** Returns whether {@code new} without arguments can create an instance. */
  boolean isInstantiable(TypeElement type) {
    boolean isRecord = type.getKind() == ElementKind.RECORD;
    boolean isStatic =
        type.getNestingKind() == NestingKind.TOP_LEVEL
            || type.getModifiers().contains(Modifier.STATIC);
    return (isRecord || (type.getKind() == ElementKind.CLASS && isStatic))
        && !type.getModifiers().contains(Modifier.ABSTRACT)
        && type.getTypeParameters().isEmpty()
        && isAccessible(type)
        && !defaultConstructors(type).isEmpty();
  }

  /** Returns the accessible constructor without parameters that throws nothing, if there is one. */
  List<ExecutableElement> defaultConstructors(TypeElement type) {
    return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
        .filter(constructor -> constructor.getParameters().isEmpty())
        .filter(constructor -> constructor.getThrownTypes().isEmpty())
        .filter(this::isMemberAccessible)
        .toList();
  }

  private boolean isMemberAccessible(Element element) {
    boolean samePackage = elements.getPackageOf(element).equals(from);
    return element.getModifiers().contains(Modifier.PUBLIC)
        || (samePackage && !element.getModifiers().contains(Modifier.PRIVATE));
  }
}
