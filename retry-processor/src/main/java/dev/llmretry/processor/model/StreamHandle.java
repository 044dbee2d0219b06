package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closeable interface that gives access to a stream. The generated code implements it, so that
 * elements which were read ahead are returned to the caller.
 *
 * @param type the interface
 * @param opener the name of the method that returns the stream; null if the handle itself is read
 * @param stream the type that elements are read from
 * @param methods the methods that the implementation needs; default methods of the JDK are
 *     inherited
 */
public record StreamHandle(
    TypeName type, @Nullable String opener, TypeName stream, List<Signature> methods) {

  /** Creates a handle. */
  public StreamHandle {
    methods = List.copyOf(methods);
  }
}
