package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
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
    boolean needsAttempt = needsAttempt(method, adapter);
    retried.add(
        "$T.$L(\n$L, $L, ",
        needsAttempt ? adapter.type() : RuntimeNames.FUTURE_RETRY,
        needsAttempt || body.routes() == null ? adapter.method() : "routed",
        body.runtime(),
        body.policy());
    if (method.token() != null || method.attempt() != null) {
      retried.add("$L, ", body.names().tokenOrNull(method));
    }
    retried.add("$L)", attempts(body, adapter));
    return CodeBlock.builder()
        .addStatement("return $L", converted(adapter.converter(), "toPublisher", retried.build()))
        .build();
  }

  /** Returns whether the lambda expression takes an attempt; for futures, none may be needed. */
  private static boolean needsAttempt(ClientMethod method, AsyncAdapter adapter) {
    return !adapter.supportsCallbacks()
        || method.callback() != null
        || method.token() != null
        || method.attempt() != null
        || method.revised() != null;
  }

  /** Returns the lambda expression that makes an attempt; a gate controls its callback. */
  private static CodeBlock attempts(MethodBody body, AsyncAdapter adapter) {
    ClientMethod method = body.method();
    if (!needsAttempt(method, adapter)) {
      return withoutAttempt(body, adapter);
    }
    Callback callback = method.callback();
    String gate = callback == null ? null : body.local("gate");
    String attempt = body.attemptName();
    Map<Parameter, CodeBlock> replaced =
        MethodWriter.attemptArguments(method, attempt, body.names());
    if (callback == null || gate == null) {
      return CodeBlock.of("$L -> $L", attempt, toAdapter(adapter, body.attempt(attempt, replaced)));
    }
    String target = body.name(callback.parameter());
    replaced.put(
        callback.parameter(), CallbackMethodWriter.adapter(callback, gate, target, body.names()));
    return CodeBlock.of(
        "$T.gated($L, ($L, $L) -> $L)",
        RuntimeNames.FUTURE_RETRY,
        body.policy(),
        gate,
        attempt,
        toAdapter(adapter, body.attempt(attempt, replaced)));
  }

  private static CodeBlock withoutAttempt(MethodBody body, AsyncAdapter adapter) {
    if (body.routes() == null) {
      return CodeBlock.of("() -> $L", toAdapter(adapter, body.call(null, Map.of())));
    }
    String route = body.local("route");
    CodeBlock delegate = CodeBlock.of("$L.get($L)", body.routes(), route);
    return CodeBlock.of("$L -> $L", route, toAdapter(adapter, body.call(delegate, Map.of())));
  }

  private static CodeBlock toAdapter(AsyncAdapter adapter, CodeBlock call) {
    return converted(adapter.converter(), "toFlowPublisher", call);
  }

  private static CodeBlock converted(
      @Nullable ClassName converter, String method, CodeBlock publisher) {
    return converter == null ? publisher : CodeBlock.of("$T.$L($L)", converter, method, publisher);
  }
}
