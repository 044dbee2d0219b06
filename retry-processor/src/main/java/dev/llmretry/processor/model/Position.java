package dev.llmretry.processor.model;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A position in the source, at which a diagnostic can be reported.
 *
 * @param element the element
 * @param annotation an annotation on the element, or null for the element itself
 * @param value a value in the annotation, or null for the annotation itself
 */
public record Position(
    Element element, @Nullable AnnotationMirror annotation, @Nullable AnnotationValue value) {

  /** Returns whether this is a position in the element of {@code other} or in a member of it. */
  public boolean isIn(Position other) {
    return other.element().equals(element) || other.element().equals(element.getEnclosingElement());
  }

  /** Returns whether this is that of an annotation in which values are written. */
  public boolean hasValues() {
    return annotation != null && !annotation.getElementValues().isEmpty();
  }

  /** Returns the position of an element. */
  public static Position of(Element element) {
    return new Position(element, null, null);
  }
}
