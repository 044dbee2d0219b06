package dev.llmretry.processor.model;

import java.util.List;

/**
 * What AspectJ needs to weave a class.
 *
 * @param aspectjVisible whether the classes that woven code calls can be read, as far as a compiler
 *     can know
 * @param unreached inherited methods that an annotation on the class does not reach
 */
public record WovenType(boolean aspectjVisible, List<String> unreached) {

  /** Makes it. */
  public WovenType {
    unreached = List.copyOf(unreached);
  }
}
