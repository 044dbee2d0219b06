package dev.llmretry.processor.model;

import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/**
 * The type argument of a preamble, a check or a reviser: the {@code T} of {@code Predicate<T>},
 * {@code ResultCheck<T>} or {@code Reviser<T>}.
 *
 * @param type the type
 * @param types compares it with others
 */
public record TakenType(TypeMirror type, Types types) {

  /** Returns whether all of these results or elements are assignable to this type. */
  public boolean accepts(StreamElements elements) {
    return elements.types().stream().allMatch(each -> types.isAssignable(each, type));
  }

  /** Returns whether all of these results or elements have exactly this type. */
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
