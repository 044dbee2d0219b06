package dev.llmretry.processor.model;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * On which type a method is called.
 *
 * @param type the type to which the object has to be cast; null if it is its own type
 * @param isResultCast whether the result has to be cast to the return type
 */
public record Receiver(@Nullable TypeName type, boolean isResultCast) {

  /** A method that can be called as it is. */
  public static final Receiver ITSELF = new Receiver(null, false);

  /**
   * Returns the expression for the object on which to call the method.
   *
   * @param object the expression for the object
   */
  public CodeBlock of(CodeBlock object) {
    return type == null ? object : CodeBlock.of("(($T) $L)", type, object);
  }
}
