package dev.llmretry.processor.read;

import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Determines from the methods of a type whether it is a callback: whether the called method can
 * pass elements to it, and obtains nothing in return.
 *
 * <p>A callback is one of these:
 *
 * <ul>
 *   <li>a functional interface whose method takes an element, and returns nothing or a {@code
 *       boolean};
 *   <li>a type that has a method which takes an element, and none that returns anything;
 *   <li>a type that has a method which takes an element, and a name such as {@code onText} or
 *       {@code write}, and few that return something.
 * </ul>
 *
 * <p>An element is anything except a callback, another function such as a {@code Runnable}, and
 * types that {@link ConfigurationRule} recognises as configured: {@code Executor}, {@code
 * Consumer<Builder>} and {@code Comparator} are not callbacks.
 */
final class CallbackRule {

  /** Names of methods that pass an element, in types that also have other methods. */
  private static final Pattern PASSES_ELEMENT =
      Pattern.compile(
          "(?:accept|append|emit|handle|notify|on|print|publish|push|report|send|tryEmit|trySend"
              + "|write)[A-Z]\\w*"
              + "|accept|append|complete|emit|format|handle|next|notify|offer|print|printf|println|publish"
              + "|push|report|send|success|tryEmit|trySend|write");

  /** Names of methods that pass an element in interfaces, and may do anything in classes. */
  private static final Pattern GENERIC =
      Pattern.compile("(?:complete|handle|notify|report|send|success)(?:[A-Z]\\w*)?");

  /** Names of methods that write an element to an argument if that is a sink, as codecs do. */
  private static final Pattern WRITES = Pattern.compile("(?:append|format|print|write)\\w*");

  private static final Set<String> CONTENT =
      Set.of("java.lang.CharSequence", "java.lang.Object", "java.lang.String");

  /**
   * The maximum number of getters for each method that passes an element. A type with more is not a
   * callback but an object with other purposes, such as a window that can be printed.
   */
  private static final int MOST_GETTERS = 4;

  private static final Pattern QUESTION =
      Pattern.compile("(?:can|has|is|matches|should|supports|verify)(?:[A-Z]\\w*)?");

  private static final Pattern SETTER = Pattern.compile("set[A-Z]\\w*");

  private static final Set<String> NOTHING =
      Set.of("java.lang.Void", "kotlin.Unit", "io.reactivex.rxjava3.core.Completable");

  private final Supertypes supertypes;
  private final InstanceMethods methods;
  private final ConfigurationRule configuration;

  /** Returns whether a type is a callback, for the parameters of a method. */
  private final Predicate<TypeMirror> callbacks;

  /** Returns whether a type is read once: it is content, even if it can be written to. */
  private final Predicate<TypeMirror> readOnce;

  CallbackRule(
      Supertypes supertypes,
      InstanceMethods methods,
      Predicate<TypeMirror> callbacks,
      Predicate<TypeMirror> readOnce) {
    this.supertypes = supertypes;
    this.methods = methods;
    this.configuration = new ConfigurationRule(supertypes, methods);
    this.callbacks = callbacks;
    this.readOnce = readOnce;
  }

  boolean isCallback(DeclaredType type) {
    ElementKind kind = type.asElement().getKind();
    if (kind != ElementKind.INTERFACE && kind != ElementKind.CLASS) {
      return false;
    }
    InstanceMethod function = methods.function(type);
    if (function != null) {
      return (returnsNothing(function) || decides(function)) && takesElement(function, type);
    }
    if (configuration.isBuilder(type)) {
      return false;
    }
    List<InstanceMethod> all = methods.of(type);
    if (all.stream().allMatch(this::returnsNothing)) {
      return all.stream().anyMatch(method -> takesElement(method, type));
    }
    List<InstanceMethod> passing =
        all.stream().filter(method -> passesElement(method, type)).toList();
    long reading = all.stream().filter(CallbackRule::isGetter).count();
    boolean isData =
        kind == ElementKind.CLASS
            && (reading > passing.size() || passing.stream().noneMatch(CallbackRule::takesContent));
    long counted =
        isData ? passing.stream().filter(method -> !isGeneric(method)).count() : passing.size();
    return counted > 0 && reading <= MOST_GETTERS * counted;
  }

  private static boolean isGeneric(InstanceMethod method) {
    return GENERIC.matcher(method.name()).matches();
  }

  /** Returns whether a method is declared to take text, or any object, as a sink would. */
  private static boolean takesContent(InstanceMethod method) {
    return method.element().getParameters().stream()
        .map(Element::asType)
        .anyMatch(
            type ->
                type.getKind() == TypeKind.TYPEVAR
                    || type.getKind() == TypeKind.ARRAY
                    || CONTENT.contains(type.toString()));
  }

  private boolean passesElement(InstanceMethod method, DeclaredType type) {
    return isNameOfPassing(method)
        && (returnsNothing(method)
            || returnsBoolean(method)
            || methods.isItself(method.result(), type))
        && takesElement(method, type)
        && !(WRITES.matcher(method.name()).matches()
            && method.parameters().stream().anyMatch(callbacks));
  }

  static boolean isNameOfPassing(InstanceMethod method) {
    return PASSES_ELEMENT.matcher(method.name()).matches();
  }

  /** A default method is computed from the other methods, and says little about the type. */
  private static boolean isGetter(InstanceMethod method) {
    return method.parameters().isEmpty()
        && method.result().getKind() != TypeKind.VOID
        && !method.element().isDefault();
  }

  /** Returns whether an argument may be an element: another object of the type is none. */
  private boolean takesElement(InstanceMethod method, DeclaredType type) {
    return !SETTER.matcher(method.name()).matches()
        && method.parameters().stream()
            .noneMatch(argument -> configuration.isConfigured(argument) && !readOnce.test(argument))
        && method.parameters().stream()
            .filter(argument -> !methods.isItself(argument, type))
            .anyMatch(
                argument ->
                    !isNothing(argument)
                        && !methods.isFunction(argument)
                        && !callbacks.test(argument));
  }

  /** A {@code Predicate} may collect what it tests; a {@code HostnameVerifier} does not. */
  private static boolean decides(InstanceMethod method) {
    return returnsBoolean(method) && !QUESTION.matcher(method.name()).matches();
  }

  private static boolean returnsBoolean(InstanceMethod method) {
    return method.result().getKind() == TypeKind.BOOLEAN
        || method.result().toString().equals("java.lang.Boolean");
  }

  private boolean returnsNothing(InstanceMethod method) {
    return isNothing(method.result());
  }

  /** Returns whether a type has no values, or contains or completes with none, as futures do. */
  private boolean isNothing(TypeMirror type) {
    if (type.getKind() != TypeKind.DECLARED) {
      return type.getKind() == TypeKind.VOID;
    }
    if (NOTHING.contains(supertypes.names(type).iterator().next())) {
      return true;
    }
    List<? extends TypeMirror> arguments =
        methods.withoutWildcards((DeclaredType) type).getTypeArguments();
    return arguments.size() == 1 && isNothing(arguments.get(0));
  }
}
