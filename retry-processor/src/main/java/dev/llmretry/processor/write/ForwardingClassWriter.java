package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Signature;
import dev.llmretry.processor.model.ThrownType;
import java.util.List;
import java.util.function.BiFunction;
import javax.lang.model.element.Modifier;

/** Writes anonymous classes that implement an interface on top of an object of the same type. */
final class ForwardingClassWriter {

  private ForwardingClassWriter() {}

  /**
   * Returns the class.
   *
   * @param names the names of the enclosing method, which parameters must not shadow
   * @param body returns the body of a method, given the names of its parameters
   */
  static TypeSpec write(
      TypeName type,
      List<Signature> methods,
      MethodNames names,
      BiFunction<Signature, List<String>, CodeBlock> body) {
    TypeSpec.Builder adapter = TypeSpec.anonymousClassBuilder("").addSuperinterface(type);
    for (Signature method : methods) {
      List<String> parameters = names.inner(method.parameters().stream().map(Parameter::name));
      MethodSpec.Builder spec = signature(method, parameters);
      adapter.addMethod(spec.addCode(body.apply(method, parameters)).build());
    }
    return adapter.build();
  }

  /** Returns a method that implements another one, without a body. */
  static MethodSpec.Builder signature(Signature method, List<String> parameters) {
    MethodSpec.Builder spec = declaration(method.name(), method, parameters);
    spec.addAnnotation(Override.class);
    spec.addAnnotations(method.annotations());
    return spec.addModifiers(Modifier.PUBLIC);
  }

  /** Returns a method with the same signature, without modifiers and a body. */
  static MethodSpec.Builder declaration(String name, Signature method, List<String> parameters) {
    MethodSpec.Builder spec = MethodSpec.methodBuilder(name);
    spec.addTypeVariables(method.typeVariables());
    spec.returns(method.returnType());
    for (int i = 0; i < parameters.size(); i++) {
      TypeName type = method.parameters().get(i).type();
      spec.addParameter(ParameterSpec.builder(type, parameters.get(i)).build());
    }
    spec.varargs(method.varargs());
    spec.addExceptions(method.thrown().stream().map(ThrownType::type).toList());
    return spec;
  }

  /** Returns a call of the same method of {@code target}. */
  static CodeBlock call(String target, Signature method, List<String> arguments) {
    return method.callOn(
        CodeBlock.of("$L", target),
        CodeBlock.of("$L($L)", method.name(), String.join(", ", arguments)));
  }

  /** Returns a statement that calls the same method of {@code target}. */
  static CodeBlock statement(String target, Signature method, List<String> arguments) {
    String keyword = method.returnType().equals(TypeName.VOID) ? "" : "return ";
    return CodeBlock.builder()
        .addStatement("$L$L", keyword, call(target, method, arguments))
        .build();
  }
}
