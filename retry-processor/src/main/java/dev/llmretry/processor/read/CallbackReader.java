package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.Callback.Kind;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.StreamElements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/** Reads parameters marked {@code @StreamCallback}. */
final class CallbackReader {

  private final ReaderContext context;
  private final SignatureReader signatures;

  CallbackReader(ReaderContext context, SignatureReader signatures) {
    this.context = context;
    this.signatures = signatures;
  }

  /**
   * Reads a callback.
   *
   * @param overloaded whether the method that takes it has overloads, so that a lambda expression
   *     may be ambiguous
   * @param at the position of the annotation
   */
  Callback read(
      VariableElement element,
      TypeMirror type,
      Parameter parameter,
      boolean overloaded,
      Position at) {
    if (!exists(type)) {
      context.notes().markIncomplete();
      return unsupported(parameter, at, null);
    }
    if (type.getKind() != TypeKind.DECLARED
        || ((DeclaredType) type).asElement().getKind() != ElementKind.INTERFACE) {
      return unsupported(parameter, at, "its type is not an interface");
    }
    if (((DeclaredType) type).asElement().getModifiers().contains(Modifier.SEALED)) {
      return unsupported(
          parameter, at, "its type is sealed, so generated code cannot implement it");
    }
    DeclaredType implemented = implementable((DeclaredType) type);
    if (implemented == null) {
      return unsupported(
          parameter, at, "a wildcard of its type has no lower bound: specify a type argument");
    }
    TypeElement declaration = (TypeElement) implemented.asElement();
    boolean isRaw =
        implemented.getTypeArguments().isEmpty() && !declaration.getTypeParameters().isEmpty();
    if (isRaw) {
      context.notes().noteUnchecked();
    }
    Kind subscriber = TypeClassifier.callbackKindOf(implemented);
    String completion = declaredCompletion(element);
    if (subscriber != null) {
      StreamElements elements =
          isRaw
              ? context.supertypes().objects()
              : context.supertypes().elements(implemented.getTypeArguments().get(0));
      return new Callback(
          parameter,
          subscriber,
          context.names().get(implemented),
          false,
          List.of(),
          elements,
          subscriberProblem(subscriber, completion),
          at);
    }
    if (KnownTypes.receivesSubscription(context.supertypes().names(implemented))) {
      return unsupported(
          parameter,
          at,
          "it receives a subscription before the elements: use Flow.Subscriber or "
              + "org.reactivestreams.Subscriber itself");
    }
    context.notes().noteInner(context.supertypes().memberNames(implemented));
    CallbackMethods methods = CallbackMethods.read(context, implemented, completion, signatures);
    return new Callback(
        parameter,
        methods.takeErrors() ? Kind.OBSERVER : Kind.ELEMENTS,
        context.names().get(implemented),
        !overloaded && methods.areOneFunction(),
        methods.methods(),
        methods.elements(),
        methods.problem(),
        at);
  }

  private @Nullable String subscriberProblem(Kind subscriber, String completion) {
    if (subscriber == Kind.REACTIVE_SUBSCRIBER && !context.isVisible(KnownTypes.FLOW_ADAPTERS)) {
      return "it requires " + KnownTypes.REACTIVE_STREAMS;
    }
    return completion.isEmpty() || completion.equals("onComplete")
        ? null
        : CallbackMethods.noMethod(completion);
  }

  /** Returns whether a type and all its superinterfaces exist; otherwise nothing can be checked. */
  private boolean exists(TypeMirror type) {
    return type.getKind() != TypeKind.ERROR
        && context.supertypes().interfaces(type).stream()
            .flatMap(each -> ((TypeElement) each.asElement()).getInterfaces().stream())
            .noneMatch(each -> each.getKind() == TypeKind.ERROR);
  }

  private static Callback unsupported(Parameter parameter, Position at, @Nullable String problem) {
    return new Callback(
        parameter, Kind.ELEMENTS, parameter.type(), false, List.of(), null, problem, at);
  }

  /** Returns the {@code completion} of the annotation, or an empty string. */
  private static String declaredCompletion(VariableElement element) {
    AnnotationMirror mirror = Mirrors.find(element, Names.STREAM_CALLBACK);
    if (mirror != null) {
      for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
          mirror.getElementValues().entrySet()) {
        if (entry.getKey().getSimpleName().contentEquals("completion")) {
          return entry.getValue().getValue().toString();
        }
      }
    }
    return "";
  }

  /**
   * Returns the type with the lower bounds of its wildcards as arguments, which a class can
   * implement; null if a wildcard has none.
   */
  private @Nullable DeclaredType implementable(DeclaredType type) {
    List<TypeMirror> arguments = new ArrayList<>();
    for (TypeMirror argument : type.getTypeArguments()) {
      TypeMirror accepted =
          argument instanceof WildcardType wildcard ? wildcard.getSuperBound() : argument;
      if (accepted == null) {
        return null;
      }
      arguments.add(accepted);
    }
    return arguments.isEmpty()
        ? type
        : context
            .types()
            .getDeclaredType((TypeElement) type.asElement(), arguments.toArray(new TypeMirror[0]));
  }
}
