package dev.llmretry.processor.model;

import com.palantir.javapoet.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter marked {@code @StreamCallback}.
 *
 * @param parameter the parameter
 * @param kind how it is dealt with
 * @param type its type, as it is written where it is implemented
 * @param isFunction whether a lambda expression can stand for it
 * @param methods its methods
 * @param elements the elements that arrive, if they are of one type
 * @param problem why it cannot be dealt with; null if it can
 * @param at where the annotation stands
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

  /** Makes a callback. */
  public Callback {
    methods = List.copyOf(methods);
  }

  /** Returns the method of that role, or null. */
  public @Nullable Method method(Role role) {
    return methods.stream().filter(method -> method.role() == role).findFirst().orElse(null);
  }

  /** How a callback is dealt with. */
  public enum Kind {
    /** It hears of elements only, while the method runs. */
    ELEMENTS,
    /** It hears of elements, errors and the end, whenever they come. */
    OBSERVER,
    /** It is a subscriber of the JDK. */
    SUBSCRIBER,
    /** It is a subscriber of Reactive Streams. */
    REACTIVE_SUBSCRIBER
  }

  /** What a call of a method says. */
  public enum Role {
    ANNOUNCEMENT,
    ELEMENT,
    ERROR,
    COMPLETION,
    /** It asks something, and is passed on. */
    QUERY
  }

  /**
   * A method of the callback.
   *
   * @param signature what is repeated of it
   * @param role what a call of it says
   */
  public record Method(Signature signature, Role role) {}
}
