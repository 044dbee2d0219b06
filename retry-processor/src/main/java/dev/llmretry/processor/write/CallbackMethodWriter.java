package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.Callback.Kind;
import dev.llmretry.processor.model.Callback.Method;
import dev.llmretry.processor.model.Callback.Role;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Writes the bodies of methods that report their outcome to a callback, and the callbacks. */
final class CallbackMethodWriter {

  private CallbackMethodWriter() {}

  static CodeBlock write(MethodBody body, Callback callback) {
    return callback.kind() == Kind.OBSERVER ? observer(body, callback) : subscriber(body, callback);
  }

  private static CodeBlock observer(MethodBody body, Callback callback) {
    String target = body.name(callback.parameter());
    String attempt = body.attemptName();
    Map<Parameter, CodeBlock> replaced =
        MethodWriter.attemptArguments(body.method(), attempt, body.names());
    replaced.put(callback.parameter(), adapter(callback, attempt, target, body.names()));
    Method error = Objects.requireNonNull(callback.method(Role.ERROR), "checked before");
    return CodeBlock.builder()
        .addStatement(
            "$T.call(\n$L, $L, $L, $L::$L,\n$L -> $L)",
            RuntimeNames.CALLBACK_RETRY,
            body.runtime(),
            body.policy(),
            body.names().tokenOrNull(body.method()),
            target,
            error.signature().name(),
            attempt,
            body.attempt(attempt, replaced))
        .build();
  }

  private static CodeBlock subscriber(MethodBody body, Callback callback) {
    boolean adapted = callback.kind() == Kind.REACTIVE_SUBSCRIBER;
    String target = body.name(callback.parameter());
    String each = body.local("each");
    String attempt = body.attemptName();
    Map<Parameter, CodeBlock> replaced =
        MethodWriter.attemptArguments(body.method(), attempt, body.names());
    replaced.put(
        callback.parameter(),
        adapted
            ? CodeBlock.of("$T.toSubscriber($L)", RuntimeNames.FLOW_ADAPTERS, each)
            : CodeBlock.of("$L", each));
    return CodeBlock.builder()
        .addStatement(
            "$T.subscribe(\n$L, $L, $L, $L,\n($L, $L) -> $L)",
            RuntimeNames.PUBLISHER_RETRY,
            body.runtime(),
            body.policy(),
            body.names().tokenOrNull(body.method()),
            adapted
                ? CodeBlock.of("$T.toFlowSubscriber($L)", RuntimeNames.FLOW_ADAPTERS, target)
                : CodeBlock.of("$L", target),
            each,
            attempt,
            body.attempt(attempt, replaced))
        .build();
  }

  /**
   * Returns the callback that is passed to the delegate.
   *
   * @param gate the variable whose object decides whether a signal is forwarded
   * @param target the callback of the caller
   */
  static CodeBlock adapter(Callback callback, String gate, String target, MethodNames names) {
    if (callback.isFunction()) {
      Method only = callback.methods().get(0);
      List<Parameter> declared = only.signature().parameters();
      List<String> parameters =
          declared.size() == 1
              ? names.inner(Stream.of("element"))
              : names.inner(declared.stream().map(Parameter::name));
      String list =
          parameters.size() == 1 ? parameters.get(0) : "(" + String.join(", ", parameters) + ")";
      return CodeBlock.of("$L -> $L", list, deliver(only, gate, target, parameters));
    }
    Map<Signature, Method> methods = new HashMap<>();
    callback.methods().forEach(method -> methods.put(method.signature(), method));
    return CodeBlock.of(
        "$L",
        ForwardingClassWriter.write(
            callback.type(),
            callback.methods().stream().map(Method::signature).toList(),
            names,
            (signature, parameters) -> {
              Method method = Objects.requireNonNull(methods.get(signature));
              return method.role() == Role.QUERY
                  ? ForwardingClassWriter.statement(target, signature, parameters)
                  : CodeBlock.builder()
                      .addStatement(deliver(method, gate, target, parameters))
                      .build();
            }));
  }

  private static CodeBlock deliver(
      Method method, String gate, String target, List<String> parameters) {
    CodeBlock delivery = ForwardingClassWriter.call(target, method.signature(), parameters);
    return switch (method.role()) {
      case ANNOUNCEMENT -> CodeBlock.of("$L.announcement(() -> $L)", gate, delivery);
      case ELEMENT -> CodeBlock.of("$L.element($L, () -> $L)", gate, parameters.get(0), delivery);
      case ERROR -> CodeBlock.of("$L.failed($L)", gate, parameters.get(0));
      case COMPLETION -> CodeBlock.of("$L.completed(() -> $L)", gate, delivery);
      case QUERY -> delivery;
    };
  }
}
