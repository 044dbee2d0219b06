package dev.llmretry.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of an annotated interface, its own or inherited; or of a class, its own.
 *
 * @param signature what is repeated of it
 * @param returnSpec what it returns
 * @param callback the parameter through which elements arrive, or null
 * @param declaresInterrupt whether {@code InterruptedException} may leave it
 * @param isDefault whether it has a body; that of {@code close} does not count
 * @param retry the settings if it is retried, or null
 * @param annotations what stands on it
 * @param weaving how AspectJ reaches it, if it is a method of a class
 * @param inaccessible what the generated class cannot name: types in its signature, or itself
 * @param at where it stands
 */
public record ClientMethod(
    Signature signature,
    ReturnSpec returnSpec,
    @Nullable Callback callback,
    boolean declaresInterrupt,
    boolean isDefault,
    @Nullable Policy retry,
    RetryAnnotations annotations,
    @Nullable Weaving weaving,
    List<String> inaccessible,
    Position at) {

  /** Makes a method. */
  public ClientMethod {
    inaccessible = List.copyOf(inaccessible);
  }

  /** Returns its name. */
  public String name() {
    return signature.name();
  }

  /** Returns its parameters. */
  public List<Parameter> parameters() {
    return signature.parameters();
  }

  /** Returns the exceptions of its throws clause. */
  public List<ThrownType> thrown() {
    return signature.thrown();
  }

  /** Returns the parameter that is a cancellation token, or null. */
  public @Nullable Parameter token() {
    return parameters().stream()
        .filter(parameter -> parameter.role() == ParameterRole.TOKEN)
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the elements that arrive one by one, and that a retry may wait for; null if there are
   * none.
   */
  public @Nullable StreamElements elements() {
    if (callback != null) {
      return callback.elements();
    }
    boolean untilFirst = retry == null || retry.untilFirstElement();
    return returnSpec.family() == ReturnFamily.STREAM && !untilFirst ? null : returnSpec.elements();
  }

  /** Returns the method as messages name it. */
  public String describe() {
    return name() + "()";
  }
}
