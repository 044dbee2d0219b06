package dev.llmretry.processor.model;

import java.util.List;

/**
 * What AspectJ needs to weave a class.
 *
 * @param aspectjVisible whether AspectJ's classes are visible, as far as is known at compile time
 * @param unreached inherited methods that an annotation on the class does not cover
 */
public record WovenType(boolean aspectjVisible, List<String> unreached) {

  /** Creates it. */
  public WovenType {
    unreached = List.copyOf(unreached);
  }
}
