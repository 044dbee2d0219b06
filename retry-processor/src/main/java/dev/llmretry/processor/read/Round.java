package dev.llmretry.processor.read;

import java.util.function.Predicate;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * What the readers of one round of processing share: what they have found out about the types that
 * signatures refer to. Another round may have generated supertypes of these.
 */
public final class Round {

  private final Elements elements;
  private final Types types;
  private final Predicate<Element> hasSource;
  private final Supertypes supertypes;
  private final InstanceMethods methods;

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
    this.methods = new InstanceMethods(types);
  }

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

  InstanceMethods methods() {
    return methods;
  }
}
