package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Returned.Driver;
import java.util.HashMap;
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
    String runtime = names.field("runtime");
    Map<Parameter, CodeBlock> replaced = new HashMap<>();
    CodeBlock.Builder retried = CodeBlock.builder();
    retried.add("$T.$L(\n$L, $L, ", driver.type(), driver.method(), runtime, policy);
    Parameter token = method.token();
    if (token == null) {
      retried.add("()");
    } else {
      String attempt = names.local("attempt");
      retried.add("$L, $L", names.of(token, method), attempt);
      if (token.exactToken()) {
        replaced.put(token, CodeBlock.of("$L", attempt));
      }
    }
    retried.add(" -> $L)", attempt(method, driver, policy, names, replaced));
    return CodeBlock.builder()
        .addStatement("return $L", adapted(driver.adapters(), "toPublisher", retried.build()))
        .build();
  }

  private static CodeBlock attempt(
      ClientMethod method,
      Driver driver,
      String policy,
      MethodNames names,
      Map<Parameter, CodeBlock> replaced) {
    Callback callback = method.callback();
    if (callback == null) {
      return toDriver(driver, MethodWriter.call(method, names, replaced));
    }
    String gate = names.local("gate");
    String target = names.of(callback.parameter(), method);
    CodeBlock adapter = CallbackMethodWriter.adapter(callback, gate, target, names);
    replaced.put(callback.parameter(), adapter);
    CodeBlock call = MethodWriter.call(method, names, replaced);
    return CodeBlock.of("$T.gated($L, $L -> $L)", driver.type(), policy, gate, call);
  }

  private static CodeBlock toDriver(Driver driver, CodeBlock call) {
    return adapted(driver.adapters(), "toFlowPublisher", call);
  }

  private static CodeBlock adapted(
      @Nullable ClassName adapters, String method, CodeBlock publisher) {
    return adapters == null ? publisher : CodeBlock.of("$T.$L($L)", adapters, method, publisher);
  }
}
