package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter marked {@code @StreamCallback}.
 *
 * @param parameter the parameter
 * @param kind how it is retried
 * @param type its type, as generated code implements it
 * @param isFunction whether a lambda expression can implement it
 * @param methods its methods
 * @param elements the elements it receives, if it has a method for them
 * @param problem why it is not supported; null if it is
 * @param at the position of the annotation
 */
public record Callback(
    Parameter parameter,
    Kind kind,
    TypeName type,
    boolean isFunction,
    List<Method> methods,
    @Nullable StreamElements elements,
    @Nullable String problem,
    Position at) {

  /** Creates a callback. */
  public Callback {
    methods = List.copyOf(methods);
  }

  /** Returns the first method of that role, or null. */
  public @Nullable Method method(Role role) {
    return methods.stream().filter(method -> method.role() == role).findFirst().orElse(null);
  }

  /** How a callback is retried. */
  public enum Kind {
    /** It receives elements only, before the method returns. */
    ELEMENTS,
    /** It receives elements, an error or the completion, at any time. */
    OBSERVER,
    /** It is a {@code Flow.Subscriber}. */
    SUBSCRIBER,
    /** It is a subscriber of Reactive Streams. */
    REACTIVE_SUBSCRIBER
  }

  /** The signal that a call of a method conveys. */
  public enum Role {
    ANNOUNCEMENT,
    ELEMENT,
    ERROR,
    COMPLETION,
    /** It returns a value, so the call is forwarded. */
    QUERY
  }

  /**
   * A method of the callback.
   *
   * @param signature the signature to implement
   * @param role what a call of it signals
   */
  public record Method(Signature signature, Role role) {}
}
