package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Position;
import java.util.function.Predicate;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * What the readers of one annotated type share.
 *
 * @param type the annotated type
 * @param hasSource whether the compiler can report a diagnostic at an element
 */
record ReaderContext(
    Elements elements,
    Types types,
    TypeElement type,
    Predicate<Element> hasSource,
    Supertypes supertypes,
    TypeClassifier classifier,
    Accessibility accessibility,
    EmissionNotes notes,
    TypeNames names) {

  static ReaderContext of(Round round, TypeElement type) {
    Elements elements = round.elements();
    Types types = round.types();
    Accessibility accessibility = new Accessibility(elements, elements.getPackageOf(type));
    EmissionNotes notes = new EmissionNotes(elements, accessibility);
    return new ReaderContext(
        elements,
        types,
        type,
        round.hasSource(),
        round.supertypes(),
        new TypeClassifier(elements, types, round.supertypes(), round.methods()),
        accessibility,
        notes,
        new TypeNames(notes, new AnnotationSpecs(accessibility)));
  }

  /** Returns the position of the annotated type. */
  Position position() {
    return Position.of(type);
  }

  /** Returns where to report a problem of an element: there, or else at the annotated type. */
  Position position(Element element) {
    return hasSource.test(element) ? Position.of(element) : position();
  }

  /** Returns where to report a problem of an annotation: there, or else at the annotated type. */
  Position position(Element element, AnnotationMirror annotation) {
    return hasSource.test(element) ? new Position(element, annotation, null) : position();
  }

  /** Returns whether the annotated type, and so the generated one, can refer to a class. */
  boolean isVisible(String typeName) {
    ModuleElement module = elements.getModuleOf(type);
    return (module == null
            ? elements.getTypeElement(typeName)
            : elements.getTypeElement(module, typeName))
        != null;
  }
}
