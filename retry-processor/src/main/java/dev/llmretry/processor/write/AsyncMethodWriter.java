package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Returned.Driver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
    CodeBlock.Builder retried = CodeBlock.builder();
    retried.add("$T.$L(\n$L, $L, ", driver.type(), driver.method(), body.runtime(), body.policy());
    if (method.token() != null) {
      retried.add("$L, ", body.name(method.token()));
    }
    retried.add("$L)", attempts(body, driver));
    return CodeBlock.builder()
        .addStatement("return $L", adapted(driver.adapters(), "toPublisher", retried.build()))
        .build();
  }

  /** Returns the lambda that makes an attempt; where there is a callback, gated. */
  private static CodeBlock attempts(MethodBody body, Driver driver) {
    List<String> given = new ArrayList<>();
    Map<Parameter, CodeBlock> replaced = new HashMap<>();
    Callback callback = body.method().callback();
    if (callback != null) {
      String gate = body.local("gate");
      String target = body.name(callback.parameter());
      given.add(gate);
      replaced.put(
          callback.parameter(), CallbackMethodWriter.adapter(callback, gate, target, body.names()));
    }
    Parameter token = body.method().token();
    if (token != null) {
      String attempt = body.local("attempt");
      given.add(attempt);
      if (token.exactToken()) {
        replaced.put(token, CodeBlock.of("$L", attempt));
      }
    }
    String parameters = given.size() == 1 ? given.get(0) : "(" + String.join(", ", given) + ")";
    CodeBlock lambda =
        CodeBlock.of("$L -> $L", parameters, toDriver(driver, body.attempt(replaced)));
    return callback == null
        ? lambda
        : CodeBlock.of("$T.gated($L, $L)", driver.type(), body.policy(), lambda);
  }

  private static CodeBlock toDriver(Driver driver, CodeBlock call) {
    return adapted(driver.adapters(), "toFlowPublisher", call);
  }

  private static CodeBlock adapted(
      @Nullable ClassName adapters, String method, CodeBlock publisher) {
    return adapters == null ? publisher : CodeBlock.of("$T.$L($L)", adapters, method, publisher);
  }
}
