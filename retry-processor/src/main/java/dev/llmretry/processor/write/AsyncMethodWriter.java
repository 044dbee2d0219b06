package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Returned.Driver;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bodies of methods that return futures or publishers: one call of what retries them.
 */
final class AsyncMethodWriter {

  private AsyncMethodWriter() {}

  static CodeBlock body(ClientMethod method, String policy, MethodNames names) {
    Driver driver = Objects.requireNonNull(method.returned().driver(), "checked before");
    CodeBlock.Builder retried = CodeBlock.builder();
    retried.add("$T.$L(\n$L, $L, ", driver.type(), driver.method(), names.field("runtime"), policy);
    Parameter token = method.token();
    if (token == null) {
      retried.add("() -> $L)", toDriver(driver, MethodWriter.call(method, names, Map.of())));
    } else {
      String given = names.of(token, method);
      String attempt = names.local("attempt");
      Map<Parameter, CodeBlock> replaced =
          token.exactToken() ? Map.of(token, CodeBlock.of("$L", attempt)) : Map.of();
      CodeBlock call = toDriver(driver, MethodWriter.call(method, names, replaced));
      retried.add("$L, $L -> $L)", given, attempt, call);
    }
    return CodeBlock.builder()
        .addStatement("return $L", adapted(driver.adapters(), "toPublisher", retried.build()))
        .build();
  }

  private static CodeBlock toDriver(Driver driver, CodeBlock call) {
    return adapted(driver.adapters(), "toFlowPublisher", call);
  }

  private static CodeBlock adapted(
      @Nullable ClassName adapters, String method, CodeBlock publisher) {
    return adapters == null ? publisher : CodeBlock.of("$T.$L($L)", adapters, method, publisher);
  }
}
