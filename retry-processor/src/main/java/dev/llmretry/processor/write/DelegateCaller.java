package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls the method of the wrapper's delegate.
 *
 * @param target the expression for the object, or class, to call, up to the dot
 * @param name the name of the method to call
 * @param routes the expression for the routes, if each attempt chooses one; else null
 */
record DelegateCaller(
    ClientMethod method, MethodNames names, CodeBlock target, String name, @Nullable String routes)
    implements MethodBody.Caller {

  @Override
  public String runtime() {
    return names.field("runtime");
  }

  @Override
  public CodeBlock attempt(@Nullable CodeBlock route, Map<Parameter, CodeBlock> replaced) {
    List<CodeBlock> arguments = new ArrayList<>();
    for (int i = 0; i < method.parameters().size(); i++) {
      CodeBlock itself = CodeBlock.of("$L", names.parameters().get(i));
      arguments.add(replaced.getOrDefault(method.parameters().get(i), itself));
    }
    return method
        .signature()
        .callOn(
            route == null ? target : route,
            CodeBlock.of(
                "$L$L($L)",
                typeArguments(),
                name,
                arguments.stream().collect(CodeBlock.joining(",$W"))));
  }

  /**
   * Calls a delegate, or the one of the attempt's route.
   *
   * @param isRouted whether there are several
   */
  static DelegateCaller ofDelegate(ClientMethod method, MethodNames names, boolean isRouted) {
    boolean isChosen = isRouted && method.retry() != null;
    return new DelegateCaller(
        method,
        names,
        CodeBlock.of("$L", names.field("delegate")),
        method.name(),
        isChosen ? names.field("routes") : null);
  }

  /** Calls the default method of the annotated interface, on the wrapper. */
  static DelegateCaller ofDefault(ClientMethod method, MethodNames names, ClassName type) {
    CodeBlock target = CodeBlock.of("$T.super", type);
    return new DelegateCaller(method, names, target, method.name(), null);
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
    CodeBlock call = attempt(null, Map.of());
    return method.signature().returnType().equals(TypeName.VOID)
        ? CodeBlock.builder().addStatement(call).build()
        : CodeBlock.builder().addStatement("return $L", call).build();
  }
}
