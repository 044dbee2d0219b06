package dev.llmretry.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * The results of a method, or the elements of its stream.
 *
 * @param type their type, as shown in messages
 * @param types their type; several if a callback receives elements of several types
 */
public record StreamElements(String type, List<TypeMirror> types) {

  /** Creates elements. */
  public StreamElements {
    types = List.copyOf(types);
  }
}
