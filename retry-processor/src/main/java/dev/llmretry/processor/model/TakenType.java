package dev.llmretry.processor.model;

import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * The type of what a class that a setting names takes.
 *
 * @param type the type
 * @param types compares it with others
 */
public record TakenType(TypeMirror type, Types types) {

  /** Returns whether such results or elements can be passed as this type. */
  public boolean accepts(StreamElements elements) {
    return elements.types().stream().allMatch(each -> types.isAssignable(each, type));
  }

  /** Returns whether this is their type. */
  public boolean isExactly(StreamElements elements) {
    return elements.types().stream()
        .allMatch(each -> types.isSubtype(each, type) && types.isSubtype(type, each));
  }

  /** Returns the type, as shown in messages. */
  @Override
  public String toString() {
    return type.toString();
  }
}
