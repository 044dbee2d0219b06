package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of an annotated interface, its own or inherited; or of a class, its own.
 *
 * @param signature the signature to implement
 * @param returnSpec how its return type affects retries
 * @param callback the callback that receives elements, or null
 * @param declaresInterrupt whether it may throw {@code InterruptedException}
 * @param isSilentDefault whether it is a default method that needs an annotation, since the calls
 *     that it makes look as if they were retried
 * @param defaultOf the interface whose default method it is, if the type of the delegate lacks it
 *     or implements it differently; else null
 * @param retry the settings if it is retried, or null
 * @param annotations the annotations that may apply to it
 * @param weaving how AspectJ retries it, if it is a method of a class
 * @param inaccessible what the generated class cannot access: types of the signature, or the method
 * @param at its position
 */
public record ClientMethod(
    Signature signature,
    ReturnSpec returnSpec,
    @Nullable Callback callback,
    boolean declaresInterrupt,
    boolean isSilentDefault,
    @Nullable TypeName defaultOf,
    @Nullable Policy retry,
    RetryAnnotations annotations,
    @Nullable Weaving weaving,
    List<String> inaccessible,
    Position at) {

  /** Creates a method. */
  public ClientMethod {
    inaccessible = List.copyOf(inaccessible);
  }

  /**
   * Returns the method without the classes that the annotation of its type names for other
   * elements, results or requests, and without hedges if they are for others.
   *
   * @see RetryAnnotations#fromType
   */
  public ClientMethod withFittingSettings() {
    Policy settings = retry;
    if (settings == null || !annotations.fromType()) {
      return this;
    }
    SettingClass preamble = settings.preamble();
    StreamElements elements = elements();
    boolean keepsPreamble = preamble == null || elements == null || preamble.accepts(elements);
    SettingClass check = settings.check();
    StreamElements results = results();
    boolean keepsCheck = check == null || (results != null && check.accepts(results));
    SettingClass reviser = settings.revise();
    boolean keepsReviser = reviser == null || isRevisedBy(reviser);
    boolean dropsHedges = settings.isHedged() && hedgeObstacle() != null;
    if (keepsPreamble && keepsCheck && keepsReviser && !dropsHedges) {
      return this;
    }
    Policy kept = dropsHedges ? settings.withoutHedges() : settings;
    return new ClientMethod(
        signature,
        returnSpec,
        callback,
        declaresInterrupt,
        isSilentDefault,
        defaultOf,
        kept.with(
            keepsPreamble ? preamble : null,
            keepsCheck ? check : null,
            keepsReviser ? reviser : null),
        annotations,
        weaving,
        inaccessible,
        at);
  }

  /** Returns the name. */
  public String name() {
    return signature.name();
  }

  /** Returns the parameters. */
  public List<Parameter> parameters() {
    return signature.parameters();
  }

  /** Returns the exceptions of the throws clause. */
  public List<ThrownType> thrown() {
    return signature.thrown();
  }

  /** Returns the parameter that is a cancellation token, or null. */
  public @Nullable Parameter token() {
    return parameter(ParameterRole.TOKEN);
  }

  /** Returns the parameter that is the attempt, or null. */
  public @Nullable Parameter attempt() {
    return parameter(ParameterRole.ATTEMPT);
  }

  /** Returns the parameters that are marked {@code @Revised}. */
  public List<Parameter> marked() {
    return parameters().stream().filter(parameter -> parameter.revised() != null).toList();
  }

  /** Returns the parameter whose argument is revised, or null. */
  public @Nullable Parameter revised() {
    return retry == null || retry.revise() == null || marked().isEmpty() ? null : marked().get(0);
  }

  private boolean isRevisedBy(SettingClass reviser) {
    List<Parameter> marked = marked();
    StreamElements request = marked.size() == 1 ? marked.get(0).revised() : null;
    return request != null && reviser.takesExactly(request);
  }

  private @Nullable Parameter parameter(ParameterRole role) {
    return parameters().stream()
        .filter(parameter -> parameter.role() == role)
        .findFirst()
        .orElse(null);
  }

  /** Returns the elements of which the first one ends the retries; null if there are none. */
  public @Nullable StreamElements elements() {
    if (callback != null) {
      return callback.elements();
    }
    boolean untilFirst = retry == null || retry.untilFirstElement();
    boolean hasElements =
        returnSpec.family() == ReturnFamily.PUBLISHER
            || (returnSpec.family() == ReturnFamily.STREAM && untilFirst);
    return hasElements ? returnSpec.results() : null;
  }

  /** Returns the results or elements that a check can examine; null if it can examine none. */
  public @Nullable StreamElements results() {
    if (callback != null) {
      return callback.kind() == Callback.Kind.ELEMENTS || isFuture() ? null : callback.elements();
    }
    StreamElements results =
        returnSpec.family() == ReturnFamily.STREAM ? elements() : returnSpec.results();
    return results != null && results.type().equals("java.lang.Void") ? null : results;
  }

  /** Returns why two attempts cannot be made at once; null if they can. */
  public @Nullable HedgeObstacle hedgeObstacle() {
    if (parameters().stream().anyMatch(Parameter::replayable)) {
      return HedgeObstacle.ARGUMENT;
    }
    if (callback != null) {
      boolean emits = callback.kind() == Callback.Kind.ELEMENTS || isFuture();
      return emits ? HedgeObstacle.CALLBACK : null;
    }
    boolean blocks =
        returnSpec.family() == ReturnFamily.VALUE || returnSpec.family() == ReturnFamily.STREAM;
    return blocks ? HedgeObstacle.BLOCKING : null;
  }

  /** Returns whether it returns a future. */
  public boolean isFuture() {
    return returnSpec.family() == ReturnFamily.FUTURE;
  }

  /** Returns the name that messages show. */
  public String describe() {
    return name() + "()";
  }
}
