package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proceeds with a call of a woven method.
 *
 * @param call the variable that holds the call
 */
record WovenCaller(ClientMethod method, String call) implements MethodBody.Caller {

  @Override
  public String runtime() {
    return call + ".runtime()";
  }

  @Override
  public CodeBlock attempt(@Nullable CodeBlock route, Map<Parameter, CodeBlock> replaced) {
    CodeBlock.Builder attempt = CodeBlock.builder().add("$L", call);
    List<Parameter> parameters = method.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      CodeBlock argument = replaced.get(parameters.get(i));
      if (argument != null) {
        attempt.add(".with($L, $L)", i, argument);
      }
    }
    TypeName type = method.signature().returnType().withoutAnnotations();
    return type.equals(TypeName.VOID) || !MethodWriter.isWithLambda(method)
        ? attempt.add(".proceed()").build()
        : attempt.add(".<$T>proceed()", type.box()).build();
  }
}
