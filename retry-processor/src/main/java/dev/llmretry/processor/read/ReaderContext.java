package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Position;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * What the readers of one annotated type share.
 *
 * @param type the annotated type
 */
record ReaderContext(
    Round round,
    TypeElement type,
    Accessibility accessibility,
    EmissionNotes notes,
    TypeNames names) {

  static ReaderContext of(Round round, TypeElement type) {
    Elements elements = round.elements();
    Accessibility accessibility = new Accessibility(elements, elements.getPackageOf(type));
    EmissionNotes notes = new EmissionNotes(elements, accessibility);
    return new ReaderContext(
        round,
        type,
        accessibility,
        notes,
        new TypeNames(notes, new AnnotationSpecs(accessibility)));
  }

  Elements elements() {
    return round.elements();
  }

  Types types() {
    return round.types();
  }

  Supertypes supertypes() {
    return round.supertypes();
  }

  TypeClassifier classifier() {
    return round.classifier();
  }

  /** Returns whether the compiler can report a diagnostic at an element. */
  boolean hasSource(Element element) {
    return round.hasSource().test(element);
  }

  /** Returns the position of the annotated type. */
  Position position() {
    return Position.of(type);
  }

  /** Returns where to report a problem of an element: there, or else at the annotated type. */
  Position position(Element element) {
    return hasSource(element) ? Position.of(element) : position();
  }

  /** Returns where to report a problem of an annotation: there, or else at the annotated type. */
  Position position(Element element, AnnotationMirror annotation) {
    return hasSource(element) ? new Position(element, annotation, null) : position();
  }

  /** Returns whether the annotated type, and so the generated one, can refer to a class. */
  boolean isVisible(String typeName) {
    return round.isVisible(type, typeName);
  }
}
