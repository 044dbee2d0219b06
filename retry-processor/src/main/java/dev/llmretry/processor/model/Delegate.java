package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of object that the wrapper of an interface accepts.
 *
 * @param wider the superinterface that the delegate has to implement; null if it is the annotated
 *     interface itself
 * @param obstacle why the wrapper cannot accept a superinterface, where users may expect that; else
 *     null
 * @param lostToLambda the default methods of {@code wider} if it is a functional interface. A
 *     lambda expression as the delegate would lose the overriding methods of an implementation
 */
public record Delegate(
    @Nullable TypeName wider, @Nullable String obstacle, List<String> lostToLambda) {

  /** A delegate of the annotated type itself. */
  public static final Delegate ITSELF = new Delegate(null, null, List.of());

  /** Creates a description of a delegate. */
  public Delegate {
    lostToLambda = List.copyOf(lostToLambda);
  }
}
