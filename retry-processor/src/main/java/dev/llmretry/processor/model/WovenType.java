package dev.llmretry.processor.model;

import java.util.List;

/**
 * What AspectJ needs to weave a class.
 *
 * @param unreached inherited methods that an annotation on the class does not cover
 */
public record WovenType(List<String> unreached) {

  /** Creates it. */
  public WovenType {
    unreached = List.copyOf(unreached);
  }
}
