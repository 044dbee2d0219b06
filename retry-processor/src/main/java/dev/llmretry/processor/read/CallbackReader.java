package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.Callback.Kind;
import dev.llmretry.processor.model.Callback.Method;
import dev.llmretry.processor.model.Callback.Role;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Position;
import dev.llmretry.processor.model.StreamElements;
import dev.llmretry.processor.read.Members.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads parameters marked {@code @StreamCallback}. */
final class CallbackReader {

  private final Types types;
  private final Supertypes supertypes;
  private final TypeNames names;
  private final SignatureReader signatures;
  private final Predicate<String> isVisible;

  /**
   * Makes a reader.
   *
   * @param isVisible whether generated code can name a class
   */
  CallbackReader(
      Types types,
      Supertypes supertypes,
      TypeNames names,
      SignatureReader signatures,
      Predicate<String> isVisible) {
    this.types = types;
    this.supertypes = supertypes;
    this.names = names;
    this.signatures = signatures;
    this.isVisible = isVisible;
  }

  /**
   * Reads a callback.
   *
   * @param overloaded whether another method has the name of the one that takes it
   * @param at where the annotation stands
   */
  Callback read(
      VariableElement element,
      TypeMirror type,
      Parameter parameter,
      boolean overloaded,
      Position at) {
    if (!exists(type)) {
      names.markIncomplete();
      return unusable(parameter, at, null);
    }
    if (type.getKind() != TypeKind.DECLARED
        || ((DeclaredType) type).asElement().getKind() != ElementKind.INTERFACE) {
      return unusable(parameter, at, "its type is not an interface");
    }
    if (((DeclaredType) type).asElement().getModifiers().contains(Modifier.SEALED)) {
      return unusable(parameter, at, "its type is sealed, so that nothing can stand in for it");
    }
    DeclaredType written = writable((DeclaredType) type);
    if (written == null) {
      return unusable(parameter, at, "its type takes nothing in particular: name a type argument");
    }
    TypeElement declaration = (TypeElement) written.asElement();
    boolean isRaw =
        written.getTypeArguments().isEmpty() && !declaration.getTypeParameters().isEmpty();
    if (isRaw) {
      names.noteUnchecked();
    }
    Kind subscriber = TypeClassifier.callbackKindOf(written);
    if (subscriber != null) {
      StreamElements elements =
          isRaw ? StreamElements.OBJECTS : supertypes.elements(written.getTypeArguments().get(0));
      return new Callback(
          parameter,
          subscriber,
          names.get(written),
          false,
          List.of(),
          elements,
          subscriberProblem(subscriber, completionNamedBy(element)),
          at);
    }
    if (KnownTypes.receivesSubscription(supertypes.names(written))) {
      return unusable(
          parameter,
          at,
          "it is handed a subscription before the elements: take a Flow.Subscriber or an "
              + "org.reactivestreams.Subscriber itself");
    }
    return read(parameter, written, completionNamedBy(element), overloaded, at);
  }

  private @Nullable String subscriberProblem(Kind subscriber, String completion) {
    if (subscriber == Kind.REACTIVE_SUBSCRIBER && !isVisible.test(KnownTypes.FLOW_ADAPTERS)) {
      return "it takes " + KnownTypes.REACTIVE_STREAMS;
    }
    return completion.isEmpty() || completion.equals("onComplete") ? null : noMethod(completion);
  }

  private static String noMethod(String completion) {
    return "it has no method " + completion + " that could end a stream";
  }

  /** Returns whether a type and all its superinterfaces exist; else there is nothing to judge. */
  private boolean exists(TypeMirror type) {
    return type.getKind() != TypeKind.ERROR
        && supertypes.interfaces(type).stream()
            .flatMap(each -> ((TypeElement) each.asElement()).getInterfaces().stream())
            .noneMatch(each -> each.getKind() == TypeKind.ERROR);
  }

  private static Callback unusable(Parameter parameter, Position at, @Nullable String problem) {
    return new Callback(
        parameter, Kind.ELEMENTS, parameter.type(), false, List.of(), null, problem, at);
  }

  private static String completionNamedBy(VariableElement element) {
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

  private Callback read(
      Parameter parameter, DeclaredType type, String completion, boolean overloaded, Position at) {
    names.noteInner(supertypes.memberNames(type));
    List<Member> members =
        Members.of(types, supertypes.interfaces(type)).stream()
            .filter(member -> !isComposition(member, type))
            .toList();
    List<Member> errors =
        members.stream().filter(each -> !isQuery(each)).filter(this::takesThrowable).toList();
    List<Method> methods = new ArrayList<>();
    Set<StreamElements> kinds = new LinkedHashSet<>();
    for (Member member : members) {
      Role role = roleOf(member, completion, errors);
      if (role == Role.ELEMENT) {
        kinds.add(supertypes.elements(member.main().type().getParameterTypes().get(0)));
      }
      methods.add(new Method(signatures.readInner(member), role));
      names.noteDeprecation(member.main().method());
    }
    return new Callback(
        parameter,
        errors.isEmpty() ? Kind.ELEMENTS : Kind.OBSERVER,
        names.get(type),
        !overloaded && isFunction(members),
        methods,
        together(kinds),
        problem(members, errors, methods, completion),
        at);
  }

  /** Elements of several types are what all of them are. */
  private static @Nullable StreamElements together(Set<StreamElements> kinds) {
    if (kinds.isEmpty()) {
      return null;
    }
    List<String> lineage = new ArrayList<>(kinds.iterator().next().lineage());
    kinds.forEach(kind -> lineage.retainAll(kind.lineage()));
    return new StreamElements(
        kinds.stream().map(StreamElements::type).collect(Collectors.joining(" or ")), lineage);
  }

  private static boolean isFunction(List<Member> members) {
    return members.size() == 1
        && members.get(0).main().method().getModifiers().contains(Modifier.ABSTRACT)
        && members.get(0).main().method().getTypeParameters().isEmpty();
  }

  /** {@code andThen} and its like make another callback, and the interface implements them. */
  private boolean isComposition(Member member, DeclaredType type) {
    return isQuery(member)
        && (member.main().owner().getQualifiedName().toString().startsWith("java.")
            || types.isSameType(
                types.erasure(member.main().method().getReturnType()), types.erasure(type)));
  }

  private static boolean isQuery(Member member) {
    ExecutableElement method = member.main().method();
    return method.isDefault() && method.getReturnType().getKind() != TypeKind.VOID;
  }

  private boolean takesThrowable(Member member) {
    return member.main().type().getParameterTypes().stream()
        .anyMatch(type -> supertypes.names(type).contains("java.lang.Throwable"));
  }

  private static Role roleOf(Member member, String completion, List<Member> errors) {
    String name = member.main().method().getSimpleName().toString();
    if (isQuery(member)) {
      return Role.QUERY;
    }
    if (errors.contains(member)) {
      return Role.ERROR;
    }
    if (!errors.isEmpty()
        && (completion.isEmpty() ? KnownTypes.isCompletion(name) : completion.equals(name))) {
      return Role.COMPLETION;
    }
    return member.main().method().getParameters().isEmpty() || KnownTypes.isMetadata(name)
        ? Role.ANNOUNCEMENT
        : Role.ELEMENT;
  }

  private @Nullable String problem(
      List<Member> members, List<Member> errors, List<Method> methods, String completion) {
    for (Member member : members) {
      if (isQuery(member)) {
        continue;
      }
      if (member.returnType(types).getKind() != TypeKind.VOID) {
        return describe(member) + " returns something, which nobody could answer for a retry";
      }
      List<String> checked = supertypes.checked(member.thrown(types));
      if (!checked.isEmpty()) {
        return describe(member) + " may throw " + checked.get(0) + ", which nobody could catch";
      }
    }
    if (errors.size() > 1) {
      return "it hears of errors in more than one way";
    }
    if (errors.size() == 1 && !takesAnyThrowable(errors.get(0))) {
      return describe(errors.get(0)) + " must take a Throwable, and nothing else";
    }
    if (methods.stream().noneMatch(method -> method.role() == Role.ELEMENT)) {
      return "none of its methods takes an element";
    }
    if (errors.isEmpty()) {
      return completion.isEmpty()
          ? null
          : "it has a completion, but no method that hears of errors";
    }
    if (methods.stream().noneMatch(method -> method.role() == Role.COMPLETION)) {
      return completion.isEmpty()
          ? "it is not known which of its methods ends a stream: name it as completion"
          : noMethod(completion);
    }
    return null;
  }

  private static String describe(Member member) {
    return member.main().method().getSimpleName() + "()";
  }

  private boolean takesAnyThrowable(Member member) {
    List<? extends TypeMirror> parameters = member.main().type().getParameterTypes();
    return parameters.size() == 1
        && parameters.get(0).getKind() == TypeKind.DECLARED
        && supertypes.names(parameters.get(0)).iterator().next().equals("java.lang.Throwable");
  }

  /** Returns the type with what its wildcards take, or null if they take nothing in particular. */
  private @Nullable DeclaredType writable(DeclaredType type) {
    List<TypeMirror> arguments = new ArrayList<>();
    for (TypeMirror argument : type.getTypeArguments()) {
      if (argument instanceof WildcardType wildcard) {
        TypeMirror taken = wildcard.getSuperBound();
        if (taken == null) {
          return null;
        }
        arguments.add(taken);
      } else {
        arguments.add(argument);
      }
    }
    return arguments.isEmpty()
        ? type
        : types.getDeclaredType(
            (TypeElement) type.asElement(), arguments.toArray(new TypeMirror[0]));
  }
}
