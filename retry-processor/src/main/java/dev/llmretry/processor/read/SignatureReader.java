package dev.llmretry.processor.read;

import com.palantir.javapoet.AnnotationSpec;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ParameterRole;
import dev.llmretry.processor.model.Signature;
import dev.llmretry.processor.model.ThrownType;
import dev.llmretry.processor.read.Members.Declaration;
import dev.llmretry.processor.read.Members.Member;
import dev.llmretry.processor.read.ParameterRoles.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads signatures, and notes what affects the methods that repeat them. */
final class SignatureReader {

  private static final Pattern REGISTRATION =
      Pattern.compile("(?:add|deregister|register|remove|set|unregister)(?:[A-Z]\\w*)?");

  private final ReaderContext context;
  private final Types types;
  private final TypeNames names;
  private final EmissionNotes notes;
  private final CarriedAnnotations carried;
  private final Receivers receivers;

  SignatureReader(ReaderContext context) {
    this.context = context;
    this.types = context.types();
    this.names = context.names();
    this.notes = context.notes();
    this.carried = new CarriedAnnotations(context);
    this.receivers = new Receivers(context);
  }

  /**
   * Reads a method of an anonymous class, which has a scope of its own for type variables.
   *
   * @param type the type that the class implements
   */
  Signature readInner(Member member, DeclaredType type) {
    return names.inScope(() -> read(member, type));
  }

  /**
   * Reads a method.
   *
   * @param type the type of the object on which the implementation calls it
   */
  Signature read(Member member, DeclaredType type) {
    Declaration main = member.main();
    ExecutableElement method = main.method();
    noteDeprecation(member);
    notes.noteName(method);
    if (member.isErased(types) || member.returnsErasure(types)) {
      notes.noteUnchecked();
    }
    if (method.isVarArgs()) {
      TypeMirror last = main.type().getParameterTypes().get(method.getParameters().size() - 1);
      notes.noteVarargs(types, last);
    }
    return new Signature(
        method.getSimpleName().toString(),
        names.declare(main.type().getTypeVariables()),
        names.get(member.returnType(types)),
        parameters(main),
        method.isVarArgs(),
        member.thrown(types).stream().map(this::thrownType).toList(),
        annotations(method),
        receivers.of(member, type));
  }

  private List<AnnotationSpec> annotations(ExecutableElement method) {
    List<AnnotationSpec> repeated = new ArrayList<>();
    AnnotationSpec deprecation = deprecation(method);
    if (deprecation != null) {
      repeated.add(deprecation);
    }
    repeated.addAll(carried.of(method));
    return repeated;
  }

  private List<Parameter> parameters(Declaration declaration) {
    List<? extends VariableElement> elements = declaration.method().getParameters();
    List<? extends TypeMirror> parameterTypes = declaration.type().getParameterTypes();
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      VariableElement element = elements.get(i);
      TypeMirror parameterType = parameterTypes.get(i);
      Finding found = context.classifier().roleOf(parameterType);
      if (found.role() == ParameterRole.CALLBACK && isKept(declaration, parameterType)) {
        found = Finding.PLAIN;
      }
      parameters.add(
          new Parameter(
              element.getSimpleName().toString(),
              names.get(parameterType),
              found.role(),
              found.content() == null ? null : types.erasure(found.content()).toString(),
              Mirrors.find(element, Names.REPLAYABLE) != null,
              Mirrors.find(element, Names.STREAM_CALLBACK) != null,
              TypeClassifier.isExactToken(parameterType),
              Mirrors.find(element, Names.REVISED) == null
                  ? null
                  : context.supertypes().elements(parameterType),
              context.position(element)));
    }
    return parameters;
  }

  /**
   * Returns whether a callback receives nothing from this call: it is registered for later, by name
   * or by a method that can be chained; or combined with others of its type.
   */
  private boolean isKept(Declaration declaration, TypeMirror callback) {
    TypeMirror client = types.erasure(context.type().asType());
    TypeMirror result = types.erasure(declaration.type().getReturnType());
    String name = declaration.method().getSimpleName().toString();
    boolean isChained =
        declaration.method().getParameters().size() == 1
            && !name.equals("subscribe")
            && context.type().getKind().isInterface()
            && isSupertype(result, client);
    return isChained
        || REGISTRATION.matcher(name).matches()
        || isSupertype(types.erasure(callback), client);
  }

  /** Returns whether a type is a supertype other than {@code Object}, by erasure. */
  private boolean isSupertype(TypeMirror type, TypeMirror client) {
    return type.getKind() == TypeKind.DECLARED
        && !type.toString().equals("java.lang.Object")
        && types.isSubtype(client, type);
  }

  /** Returns whether a companion refers to the type of a parameter. */
  boolean isUsedByCompanion(VariableElement parameter, TypeMirror parameterType) {
    ParameterRole role = context.classifier().roleOf(parameterType).role();
    return Mirrors.find(parameter, Names.STREAM_CALLBACK) != null
        || Mirrors.find(parameter, Names.REVISED) != null
        || role == ParameterRole.TOKEN
        || role == ParameterRole.ATTEMPT;
  }

  private ThrownType thrownType(TypeMirror exception) {
    return new ThrownType(names.get(exception), List.copyOf(context.supertypes().names(exception)));
  }

  static @Nullable AnnotationSpec deprecation(Element element) {
    AnnotationMirror mirror = Mirrors.find(element, Deprecated.class.getCanonicalName());
    return mirror == null ? null : AnnotationSpec.get(mirror);
  }

  /** Overriding a deprecated method causes a warning, unless the override is deprecated too. */
  private void noteDeprecation(Member member) {
    ExecutableElement method = member.main().method();
    boolean deprecated = deprecation(method) != null;
    for (Declaration declaration : member.all()) {
      Deprecated how = declaration.method().getAnnotation(Deprecated.class);
      if (how == null || how.forRemoval() || !deprecated) {
        notes.noteDeprecation(declaration.method());
      }
    }
    if (method.getSimpleName().contentEquals("finalize") && method.getParameters().isEmpty()) {
      notes.noteFinalize();
    }
  }
}
