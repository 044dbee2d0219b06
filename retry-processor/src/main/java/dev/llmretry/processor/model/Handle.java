package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface to a stream, of which an implementation is generated that gives back what has been
 * read.
 *
 * @param type the type, as printed
 * @param opening the name of the method that returns the stream; null if it is read itself
 * @param stream what that method returns, as printed
 * @param methods what an implementation has to have, but for what the JDK's interfaces implement
 */
public record Handle(
    TypeName type, @Nullable String opening, TypeName stream, List<Signature> methods) {

  /** Makes a handle. */
  public Handle {
    methods = List.copyOf(methods);
  }
}
