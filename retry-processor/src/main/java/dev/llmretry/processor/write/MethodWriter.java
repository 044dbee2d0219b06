package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ReturnFamily;
import java.util.HashMap;
import java.util.Map;

/** Writes the bodies of methods. */
final class MethodWriter {

  private MethodWriter() {}

  /** Returns the body of a method that is retried. */
  static CodeBlock retrying(MethodBody body) {
    Callback callback = body.method().callback();
    if (callback != null && callback.kind() != Callback.Kind.ELEMENTS) {
      return CallbackMethodWriter.write(body, callback);
    }
    return switch (body.method().returnSpec().family()) {
      case VALUE, STREAM -> BlockingMethodWriter.write(body);
      case FUTURE, PUBLISHER -> AsyncMethodWriter.write(body);
    };
  }

  /**
   * Returns whether the body contains lambda expressions, so that calls of generic methods need
   * explicit type arguments.
   */
  static boolean isWithLambda(ClientMethod method) {
    ReturnFamily family = method.returnSpec().family();
    return method.callback() != null
        || method.returnSpec().pullSource() != null
        || (method.retry() != null
            && (family == ReturnFamily.FUTURE || family == ReturnFamily.PUBLISHER));
  }

  /**
   * Returns what an attempt passes in place of the caller's token, attempt and request.
   *
   * @param attempt the variable that holds the attempt
   * @param names the names of the parameters
   */
  static Map<Parameter, CodeBlock> attemptArguments(
      ClientMethod method, String attempt, MethodNames names) {
    Map<Parameter, CodeBlock> replaced = new HashMap<>();
    Parameter token = method.token();
    if (token != null && token.exactToken()) {
      replaced.put(token, CodeBlock.of("$L.token()", attempt));
    }
    if (method.attempt() != null) {
      replaced.put(method.attempt(), CodeBlock.of("$L", attempt));
    }
    if (method.revised() != null) {
      String request = names.of(method.revised(), method);
      replaced.put(method.revised(), CodeBlock.of("$L.revise($L)", attempt, request));
    }
    return replaced;
  }
}
