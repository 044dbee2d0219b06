package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Callback.Method;
import dev.llmretry.processor.model.Callback.Role;
import dev.llmretry.processor.model.StreamElements;
import dev.llmretry.processor.read.Members.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** The methods of a callback interface, and the role of each. */
final class CallbackMethods {

  private final Types types;
  private final Supertypes supertypes;
  private final String completion;
  private final List<Member> members;
  private final List<Member> errors;
  private final List<Method> methods = new ArrayList<>();
  private final Map<String, TypeMirror> elements = new LinkedHashMap<>();

  private CallbackMethods(ReaderContext context, DeclaredType type, String completion) {
    this.types = context.types();
    this.supertypes = context.supertypes();
    this.completion = completion;
    this.members =
        Members.of(types, supertypes.interfaces(type)).stream()
            .filter(member -> !isComposition(member, type))
            .toList();
    this.errors =
        members.stream().filter(each -> !isQuery(each)).filter(this::takesThrowable).toList();
  }

  /**
   * Reads the methods.
   *
   * @param completion the name of the method that ends the stream; empty if it is not specified
   */
  static CallbackMethods read(
      ReaderContext context, DeclaredType type, String completion, SignatureReader signatures) {
    CallbackMethods read = new CallbackMethods(context, type, completion);
    for (Member member : read.members) {
      Role role = read.roleOf(member);
      if (role == Role.ELEMENT) {
        TypeMirror element = member.main().type().getParameterTypes().get(0);
        StreamElements boxed = context.supertypes().elements(element);
        read.elements.put(boxed.type(), boxed.types().get(0));
      }
      read.methods.add(new Method(signatures.readInner(member, type), role));
      context.notes().noteDeprecation(member.main().method());
    }
    return read;
  }

  List<Method> methods() {
    return methods;
  }

  /** Returns whether a method receives errors. */
  boolean takeErrors() {
    return !errors.isEmpty();
  }

  /** Returns whether a lambda expression can implement the interface. */
  boolean areOneFunction() {
    return members.size() == 1
        && members.get(0).main().method().getModifiers().contains(Modifier.ABSTRACT)
        && members.get(0).main().method().getTypeParameters().isEmpty();
  }

  /** Returns the elements, which may be of several types. */
  @Nullable StreamElements elements() {
    return elements.isEmpty()
        ? null
        : new StreamElements(
            String.join(" or ", elements.keySet()), List.copyOf(elements.values()));
  }

  /**
   * Methods such as {@code andThen} return another callback; their default bodies are inherited.
   */
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

  private Role roleOf(Member member) {
    String name = member.name();
    if (isQuery(member)) {
      return Role.QUERY;
    }
    if (errors.contains(member)) {
      return Role.ERROR;
    }
    if (takeErrors()
        && (completion.isEmpty() ? KnownTypes.isCompletion(name) : completion.equals(name))) {
      return Role.COMPLETION;
    }
    return member.main().method().getParameters().isEmpty() || KnownTypes.isMetadata(name)
        ? Role.ANNOUNCEMENT
        : Role.ELEMENT;
  }

  /** Returns why the callback is not supported, or null if it is. */
  @Nullable String problem() {
    for (Member member : members) {
      String problem = isQuery(member) ? null : problem(member);
      if (problem != null) {
        return problem;
      }
    }
    if (errors.size() > 1) {
      return "several of its methods take a Throwable";
    }
    if (errors.size() == 1 && !takesAnyThrowable(errors.get(0))) {
      return describe(errors.get(0)) + " must take a Throwable as its only argument";
    }
    if (!has(Role.ELEMENT)) {
      return "none of its methods takes an element";
    }
    if (errors.isEmpty()) {
      return completion.isEmpty() ? null : "it has a completion, but no method that takes errors";
    }
    if (!has(Role.COMPLETION)) {
      return completion.isEmpty()
          ? "it is unknown which of its methods ends the stream: specify its completion"
          : noMethod(completion);
    }
    return null;
  }

  private @Nullable String problem(Member member) {
    if (member.returnType(types).getKind() != TypeKind.VOID) {
      return describe(member) + " returns a value, which generated code cannot provide";
    }
    List<String> checked = supertypes.checked(member.thrown(types));
    return checked.isEmpty()
        ? null
        : describe(member)
            + " may throw "
            + checked.get(0)
            + ", which generated code cannot rethrow";
  }

  static String noMethod(String completion) {
    return "it has no method " + completion + " that could end the stream";
  }

  private boolean has(Role role) {
    return methods.stream().anyMatch(method -> method.role() == role);
  }

  private static String describe(Member member) {
    return member.name() + "()";
  }

  private boolean takesAnyThrowable(Member member) {
    List<? extends TypeMirror> parameters = member.main().type().getParameterTypes();
    return parameters.size() == 1
        && parameters.get(0).getKind() == TypeKind.DECLARED
        && supertypes.names(parameters.get(0)).iterator().next().equals("java.lang.Throwable");
  }
}
