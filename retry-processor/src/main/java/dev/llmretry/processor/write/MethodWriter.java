package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ReturnFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of methods, by what their elements or results arrive through. */
final class MethodWriter {

  private MethodWriter() {}

  /**
   * Returns the body of a method that is retried.
   *
   * @param constant the constant that holds the settings
   */
  static CodeBlock retrying(ClientMethod method, String constant, MethodNames names) {
    Callback callback = method.callback();
    if (callback != null && callback.kind() != Callback.Kind.ELEMENTS) {
      return CallbackMethodWriter.body(method, callback, constant, names);
    }
    return switch (method.returned().family()) {
      case VALUE, STREAM -> BlockingMethodWriter.body(method, constant, names);
      case FUTURE, PUBLISHER -> AsyncMethodWriter.body(method, constant, names);
    };
  }

  /** Returns the body of a method that is not retried. */
  static CodeBlock delegating(ClientMethod method, MethodNames names) {
    CodeBlock call = call(method, names, Map.of());
    return method.signature().returnType().equals(TypeName.VOID)
        ? CodeBlock.builder().addStatement(call).build()
        : CodeBlock.builder().addStatement("return $L", call).build();
  }

  /**
   * Returns a call of the delegate.
   *
   * @param replaced what is passed in place of some of the parameters
   */
  static CodeBlock call(
      ClientMethod method, MethodNames names, Map<Parameter, CodeBlock> replaced) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (int i = 0; i < method.parameters().size(); i++) {
      CodeBlock itself = CodeBlock.of("$L", names.parameters().get(i));
      arguments.add(replaced.getOrDefault(method.parameters().get(i), itself));
    }
    return CodeBlock.of(
        "$L.$L$L($L)",
        names.field("delegate"),
        typeArguments(method),
        method.name(),
        arguments.stream().collect(CodeBlock.joining(",$W")));
  }

  /** Compilers do not infer what a generic method is called with where lambdas are involved. */
  private static String typeArguments(ClientMethod method) {
    List<TypeVariableName> variables = method.signature().typeVariables();
    ReturnFamily family = method.returned().family();
    boolean isWithLambda =
        method.callback() != null
            || method.returned().pull() != null
            || (method.retry() != null
                && (family == ReturnFamily.FUTURE || family == ReturnFamily.PUBLISHER));
    return variables.isEmpty() || !isWithLambda
        ? ""
        : variables.stream()
            .map(TypeVariableName::name)
            .collect(Collectors.joining(", ", "<", ">"));
  }

  /** Returns the parameter for which the attempt's own token can stand in, or null. */
  static @Nullable Parameter replaceableToken(ClientMethod method) {
    Parameter token = method.token();
    return token != null && token.exactToken() ? token : null;
  }
}
