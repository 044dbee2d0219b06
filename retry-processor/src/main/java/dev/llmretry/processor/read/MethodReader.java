package dev.llmretry.processor.read;

import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Names;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.RetryAnnotations;
import dev.llmretry.processor.model.ReturnSpec;
import dev.llmretry.processor.model.Signature;
import dev.llmretry.processor.model.Weaving;
import dev.llmretry.processor.read.Members.Declaration;
import dev.llmretry.processor.read.Members.Member;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads the methods of an annotated type. */
final class MethodReader {

  private final ReaderContext context;
  private final RetryResolver retries;
  private final WeavingReader weaving;
  private final SignatureReader signatures;
  private final ReturnReader returns;
  private final CallbackReader callbacks;
  private final boolean isInterface;

  MethodReader(ReaderContext context, RetryResolver retries, WeavingReader weaving) {
    this.context = context;
    this.retries = retries;
    this.weaving = weaving;
    this.signatures = new SignatureReader(context);
    this.returns = new ReturnReader(context, signatures);
    this.callbacks = new CallbackReader(context, signatures);
    this.isInterface = context.type().getKind() == ElementKind.INTERFACE;
  }

  /**
   * Reads a method.
   *
   * @param overloaded whether generated calls of it may be ambiguous
   * @param delegate the type of the delegate
   * @param defaultOf the interface whose default method it is, if the type of the delegate lacks it
   */
  ClientMethod read(
      Member member, boolean overloaded, DeclaredType delegate, @Nullable DeclaredType defaultOf) {
    ExecutableElement method = member.main().method();
    RetryAnnotations annotations = retries.annotations(member);
    Policy retry = retries.policy(method, annotations);
    Signature signature = signatures.read(member, defaultOf == null ? delegate : defaultOf);
    ReturnSpec returnSpec =
        returns.read(
            member.returnType(context.types()), retry != null && retry.untilFirstElement());
    Callback callback =
        retry == null ? null : callback(member.main(), signature.parameters(), overloaded);
    Weaving woven = isInterface ? null : weaving.method(method, retry, returnSpec.family());
    boolean isSilentDefault =
        method.isDefault()
            && defaultOf == null
            && !retries.isClose(method)
            && !retries.isInheritedAccessor(member);
    return new ClientMethod(
            signature,
            returnSpec,
            callback,
            member.thrown(context.types()).stream().anyMatch(this::declaresInterrupt),
            isSilentDefault,
            defaultOf == null ? null : context.names().get(defaultOf),
            retry,
            annotations,
            woven,
            inaccessible(member.main(), woven, retry),
            context.position(method))
        .withFittingSettings();
  }

  private @Nullable Callback callback(
      Declaration declaration, List<Parameter> parameters, boolean overloaded) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.streamCallback() && !parameter.replayable()) {
        VariableElement element = declaration.method().getParameters().get(i);
        AnnotationMirror mirror = Mirrors.find(element, Names.STREAM_CALLBACK);
        return callbacks.read(
            element,
            declaration.type().getParameterTypes().get(i),
            parameter,
            overloaded,
            mirror == null ? parameter.at() : context.position(element, mirror));
      }
    }
    return null;
  }

  /** Only declared classes count: the caller decides what a type variable stands for. */
  private boolean declaresInterrupt(TypeMirror thrown) {
    TypeElement interrupted = context.elements().getTypeElement("java.lang.InterruptedException");
    return thrown.getKind() == TypeKind.DECLARED
        && interrupted != null
        && context.types().isSubtype(interrupted.asType(), thrown);
  }

  /** Returns the types that generated code would have to refer to but cannot access. */
  private List<String> inaccessible(
      Declaration method, @Nullable Weaving woven, @Nullable Policy retry) {
    if (woven != null) {
      // A companion does not repeat the signature.
      context.notes().takeInaccessible();
      if (retry != null && !woven.isLoop()) {
        noteTypesInCompanion(method);
      }
    }
    return context.notes().takeInaccessible();
  }

  private void noteTypesInCompanion(Declaration method) {
    Stream.concat(
            method.method().getTypeParameters().stream(),
            EnclosingTypes.typeParameters(context.type()).stream())
        .flatMap(variable -> variable.getBounds().stream())
        .forEach(context.names()::get);
    context.names().get(method.type().getReturnType());
    for (int i = 0; i < method.method().getParameters().size(); i++) {
      TypeMirror parameterType = method.type().getParameterTypes().get(i);
      if (signatures.isUsedByCompanion(method.method().getParameters().get(i), parameterType)) {
        context.names().get(parameterType);
      }
    }
  }
}
