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

  static CodeBlock write(MethodBody body) {
    ClientMethod method = body.method();
    Driver driver = Objects.requireNonNull(method.returned().driver(), "checked before");
    Map<Parameter, CodeBlock> replaced = new HashMap<>();
    CodeBlock.Builder retried = CodeBlock.builder();
    retried.add("$T.$L(\n$L, $L, ", driver.type(), driver.method(), body.runtime(), body.policy());
    Parameter token = method.token();
    if (token == null) {
      retried.add("()");
    } else {
      String attempt = body.local("attempt");
      retried.add("$L, $L", body.name(token), attempt);
      if (token.exactToken()) {
        replaced.put(token, CodeBlock.of("$L", attempt));
      }
    }
    retried.add(" -> $L)", attempt(body, driver, replaced));
    return CodeBlock.builder()
        .addStatement("return $L", adapted(driver.adapters(), "toPublisher", retried.build()))
        .build();
  }

  private static CodeBlock attempt(
      MethodBody body, Driver driver, Map<Parameter, CodeBlock> replaced) {
    Callback callback = body.method().callback();
    if (callback == null) {
      return toDriver(driver, body.attempt(replaced));
    }
    String gate = body.local("gate");
    String target = body.name(callback.parameter());
    CodeBlock adapter = CallbackMethodWriter.adapter(callback, gate, target, body.names());
    replaced.put(callback.parameter(), adapter);
    CodeBlock call = body.attempt(replaced);
    return CodeBlock.of("$T.gated($L, $L -> $L)", driver.type(), body.policy(), gate, call);
  }

  private static CodeBlock toDriver(Driver driver, CodeBlock call) {
    return adapted(driver.adapters(), "toFlowPublisher", call);
  }

  private static CodeBlock adapted(
      @Nullable ClassName adapters, String method, CodeBlock publisher) {
    return adapters == null ? publisher : CodeBlock.of("$T.$L($L)", adapters, method, publisher);
  }
}
