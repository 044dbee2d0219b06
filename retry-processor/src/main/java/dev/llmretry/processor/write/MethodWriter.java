package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.ReturnFamily;
import org.jspecify.annotations.Nullable;

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

  /** Returns the parameter that the attempt's own token can replace, or null. */
  static @Nullable Parameter replaceableToken(ClientMethod method) {
    Parameter token = method.token();
    return token != null && token.exactToken() ? token : null;
  }
}
