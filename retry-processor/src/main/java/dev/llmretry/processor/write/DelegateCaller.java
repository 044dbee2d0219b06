package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls the method of the wrapper's delegate.
 *
 * @param target the expression for the object, or class, to call, up to the dot
 * @param name the name of the method to call
 */
record DelegateCaller(ClientMethod method, MethodNames names, String target, String name)
    implements MethodBody.Caller {

  @Override
  public String runtime() {
    return names.field("runtime");
  }

  @Override
  public CodeBlock attempt(Map<Parameter, CodeBlock> replaced) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (int i = 0; i < method.parameters().size(); i++) {
      CodeBlock itself = CodeBlock.of("$L", names.parameters().get(i));
      arguments.add(replaced.getOrDefault(method.parameters().get(i), itself));
    }
    return CodeBlock.of(
        "$L.$L$L($L)",
        target,
        typeArguments(),
        name,
        arguments.stream().collect(CodeBlock.joining(",$W")));
  }

  private String typeArguments() {
    List<TypeVariableName> variables = method.signature().typeVariables();
    return variables.isEmpty() || !MethodWriter.isWithLambda(method)
        ? ""
        : variables.stream()
            .map(TypeVariableName::name)
            .collect(Collectors.joining(", ", "<", ">"));
  }

  /** Returns the body of a method that is not retried. */
  CodeBlock unretried() {
    CodeBlock call = attempt(Map.of());
    return method.signature().returnType().equals(TypeName.VOID)
        ? CodeBlock.builder().addStatement(call).build()
        : CodeBlock.builder().addStatement("return $L", call).build();
  }
}
