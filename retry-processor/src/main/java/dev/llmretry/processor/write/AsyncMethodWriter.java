package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of methods that return futures or publishers: a call of their adapter. */
final class AsyncMethodWriter {

  private AsyncMethodWriter() {}

  static CodeBlock write(MethodBody body) {
    ClientMethod method = body.method();
    AsyncAdapter adapter =
        Objects.requireNonNull(method.returnSpec().asyncAdapter(), "checked before");
    CodeBlock.Builder retried = CodeBlock.builder();
    retried.add(
        "$T.$L(\n$L, $L, ", adapter.type(), adapter.method(), body.runtime(), body.policy());
    if (method.token() != null) {
      retried.add("$L, ", body.name(method.token()));
    }
    retried.add("$L)", attempts(body, adapter));
    return CodeBlock.builder()
        .addStatement("return $L", converted(adapter.converter(), "toPublisher", retried.build()))
        .build();
  }

  /** Returns the lambda expression that makes an attempt; a gate controls its callback. */
  private static CodeBlock attempts(MethodBody body, AsyncAdapter adapter) {
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
        CodeBlock.of("$L -> $L", parameters, toAdapter(adapter, body.attempt(replaced)));
    return callback == null
        ? lambda
        : CodeBlock.of("$T.gated($L, $L)", adapter.type(), body.policy(), lambda);
  }

  private static CodeBlock toAdapter(AsyncAdapter adapter, CodeBlock call) {
    return converted(adapter.converter(), "toFlowPublisher", call);
  }

  private static CodeBlock converted(
      @Nullable ClassName converter, String method, CodeBlock publisher) {
    return converter == null ? publisher : CodeBlock.of("$T.$L($L)", converter, method, publisher);
  }
}
