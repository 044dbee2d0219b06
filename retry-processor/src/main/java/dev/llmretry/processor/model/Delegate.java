package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the wrapper of an interface wraps.
 *
 * @param wider the superinterface that the delegate has to implement; null if it is the annotated
 *     interface itself
 * @param obstacle why it is not a superinterface, where one might expect it to be; else null
 * @param lostToLambda the default methods of {@code wider} if it is a functional interface: what an
 *     implementation overrides, a lambda expression in its place would lose
 */
public record Delegate(
    @Nullable TypeName wider, @Nullable String obstacle, List<String> lostToLambda) {

  /** A delegate of the annotated type itself. */
  public static final Delegate ITSELF = new Delegate(null, null, List.of());

  /** Creates it. */
  public Delegate {
    lostToLambda = List.copyOf(lostToLambda);
  }
}
