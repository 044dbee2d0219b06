package dev.llmretry.processor.model;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * Where in the source something stands. Opaque to all but the code that reports diagnostics.
 *
 * @param element the element
 * @param annotation the annotation on it, if that is meant
 * @param value the value in the annotation, if that is meant
 */
public record Position(
    Element element, @Nullable AnnotationMirror annotation, @Nullable AnnotationValue value) {

  /** Returns whether this is at the element of {@code other}, or at a member of it. */
  public boolean isIn(Position other) {
    return other.element().equals(element) || other.element().equals(element.getEnclosingElement());
  }

  /** Returns the position of an element. */
  public static Position of(Element element) {
    return new Position(element, null, null);
  }
}
