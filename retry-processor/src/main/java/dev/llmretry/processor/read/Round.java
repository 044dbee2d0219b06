package dev.llmretry.processor.read;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of one round of processing share: what they have found out about the types that
 * signatures refer to. Another round may have generated supertypes of these, and types that did not
 * exist. It depends on each of these types alone, not on what else has been read.
 */
public final class Round {

  private final Elements elements;
  private final Types types;
  private final Predicate<Element> hasSource;
  private final Supertypes supertypes;
  private final TypeClassifier classifier;
  private final Map<Reference, Boolean> visible = new HashMap<>();

  /**
   * Creates a round of which nothing has been read.
   *
   * @param hasSource whether the compiler can report a diagnostic at an element
   */
  public Round(ProcessingEnvironment environment, Predicate<Element> hasSource) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.hasSource = hasSource;
    this.supertypes = new Supertypes(elements, types);
    this.classifier = new TypeClassifier(elements, types, supertypes, new InstanceMethods(types));
  }

  /**
   * A reference to a class.
   *
   * @param from the module that contains it; null where there are no modules
   */
  private record Reference(@Nullable ModuleElement from, String typeName) {}

  Elements elements() {
    return elements;
  }

  Types types() {
    return types;
  }

  Predicate<Element> hasSource() {
    return hasSource;
  }

  Supertypes supertypes() {
    return supertypes;
  }

  TypeClassifier classifier() {
    return classifier;
  }

  /** Returns whether a type can refer to a class. */
  boolean isVisible(TypeElement type, String typeName) {
    return visible.computeIfAbsent(
        new Reference(elements.getModuleOf(type), typeName), this::isVisible);
  }

  private boolean isVisible(Reference reference) {
    return (reference.from() == null
            ? elements.getTypeElement(reference.typeName())
            : elements.getTypeElement(reference.from(), reference.typeName()))
        != null;
  }
}
