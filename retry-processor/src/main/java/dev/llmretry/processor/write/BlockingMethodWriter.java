package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.ElementSource;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.PullSource;
import dev.llmretry.processor.model.Signature;
import dev.llmretry.processor.model.StreamHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of blocking methods: a plain loop. */
final class BlockingMethodWriter {

  private final MethodBody body;
  private final ClientMethod method;
  private final Policy settings;
  private final String policy;
  private final MethodNames names;
  private final String runtime;
  private final CodeBlock token;
  private final String retries;
  private final String error;
  private final @Nullable String gate;

  /** The variable that holds the result, or null. */
  private final @Nullable String result;

  private final Map<Parameter, CodeBlock> replaced = new HashMap<>();

  private BlockingMethodWriter(MethodBody body) {
    this.body = body;
    this.method = body.method();
    this.settings = Objects.requireNonNull(method.retry(), "not retried");
    this.policy = body.policy();
    this.names = body.names();
    this.runtime = body.runtime();
    this.token = names.tokenOrNull(method);
    this.retries = names.local("retries");
    this.error = names.local("e");
    this.result = returnType().equals(TypeName.VOID) ? null : names.local("result");
    Callback callback = method.callback();
    this.gate = callback == null ? null : names.local("gate");
    if (callback != null && gate != null) {
      String target = names.of(callback.parameter(), method);
      CodeBlock adapter = CallbackMethodWriter.adapter(callback, gate, target, names);
      replaced.put(callback.parameter(), adapter);
    }
  }

  static CodeBlock write(MethodBody body) {
    BlockingMethodWriter writer = new BlockingMethodWriter(body);
    return writer.settings.isTimed() ? writer.timed() : writer.untimed();
  }

  private CodeBlock untimed() {
    String sequence = names.local("startSequence");
    CodeBlock.Builder code = CodeBlock.builder();
    addBegin(code, "begin");
    code.addStatement("long $L = $T.sequence()", sequence, RuntimeNames.RETRY_LOOP);
    String attempt = method.attempt() == null ? null : body.attemptName();
    if (attempt != null) {
      code.addStatement(
          "$T $L = $T.firstAttempt($L, $L, $L)",
          RuntimeNames.ATTEMPT,
          attempt,
          RuntimeNames.RETRY_LOOP,
          retries,
          runtime,
          token);
      replaced.put(method.attempt(), CodeBlock.of("$L", attempt));
    }
    Parameter request = method.revised();
    String revised = request == null ? null : names.local("revised");
    if (request != null) {
      TypeName type = request.type().withoutAnnotations();
      code.addStatement("$T $L = $L", type, revised, names.of(request, method));
      replaced.put(request, CodeBlock.of("$L", revised));
    }
    addCheckedResult(code);
    code.beginControlFlow("while (true)");
    addGate(code, CodeBlock.of("$L", policy));
    code.beginControlFlow("try");
    CodeBlock.Builder succeeded = CodeBlock.builder();
    succeeded.beginControlFlow("if ($L != null)", retries);
    succeeded.addStatement("$L.succeeded()", retries);
    addAttempt(code, succeeded.endControlFlow().build());
    code.nextControlFlow("catch ($T $L)", RuntimeNames.EXCEPTION, error);
    code.beginControlFlow("if ($L == null)", retries);
    code.addStatement(
        "$L = new $T($L, $L, $L, $L)",
        retries,
        RuntimeNames.RETRY_LOOP,
        runtime,
        policy,
        token,
        sequence);
    code.endControlFlow();
    addDecision(code);
    if (attempt != null) {
      code.addStatement("$L = $L.nextAttempt($L)", attempt, retries, attempt);
    }
    if (request != null) {
      code.addStatement("$L = $L.revise($L)", revised, retries, names.of(request, method));
    }
    code.endControlFlow();
    return code.endControlFlow().build();
  }

  private CodeBlock timed() {
    CodeBlock.Builder code = CodeBlock.builder();
    addBegin(code, "beginTimed");
    addCheckedResult(code);
    code.beginControlFlow("while (true)");
    String attempt = body.attemptName();
    Map<Parameter, CodeBlock> arguments = MethodWriter.attemptArguments(method, attempt, names);
    if (arguments.isEmpty()) {
      code.addStatement("$L.beginAttempt()", retries);
    } else {
      code.addStatement("$T $L = $L.beginAttempt()", RuntimeNames.ATTEMPT, attempt, retries);
      replaced.putAll(arguments);
    }
    addGate(code, CodeBlock.of("$L, $L.emissionGuard()", policy, retries));
    code.beginControlFlow("try");
    addAttempt(code, CodeBlock.builder().addStatement("$L.succeeded()", retries).build());
    code.nextControlFlow("catch ($T $L)", RuntimeNames.EXCEPTION, error);
    addDecision(code);
    code.nextControlFlow("finally");
    code.addStatement("$L.endAttempt()", retries);
    code.endControlFlow();
    return code.endControlFlow().build();
  }

  private void addBegin(CodeBlock.Builder code, String begin) {
    code.addStatement(
        "$T $L = $T.$L($L, $L, $L)",
        RuntimeNames.RETRY_LOOP,
        retries,
        RuntimeNames.RETRY_LOOP,
        method.declaresInterrupt() ? begin + "Interruptibly" : begin,
        runtime,
        policy,
        token);
  }

  private void addGate(CodeBlock.Builder code, CodeBlock arguments) {
    if (gate != null) {
      code.addStatement(
          "$T $L = new $T($L)",
          RuntimeNames.CALLBACK_GATE,
          gate,
          RuntimeNames.CALLBACK_GATE,
          arguments);
    }
  }

  private TypeName returnType() {
    return method.signature().returnType().withoutAnnotations();
  }

  private boolean isChecked() {
    return settings.check() != null;
  }

  /** The result of an attempt that is checked is declared before the loop, to be returned later. */
  private void addCheckedResult(CodeBlock.Builder code) {
    if (isChecked()) {
      code.addStatement("$T $L = null", returnType(), result);
    }
  }

  private void addResult(CodeBlock.Builder code, Object value) {
    if (isChecked()) {
      code.addStatement("$L = $L", result, value);
    } else {
      code.addStatement("$T $L = $L", returnType(), result, value);
    }
  }

  private void addAttempt(CodeBlock.Builder code, CodeBlock succeeded) {
    CodeBlock route =
        body.routes() == null
            ? null
            : CodeBlock.of("$T.delegate($L, $L)", RuntimeNames.RETRY_LOOP, body.routes(), retries);
    CodeBlock call = body.call(route, replaced);
    PullSource pullSource = settings.untilFirstElement() ? method.returnSpec().pullSource() : null;
    if (result == null) {
      code.addStatement(call);
    } else if (pullSource == null) {
      addResult(code, call);
      if (isChecked()) {
        code.addStatement("$T.check($L, $L)", RuntimeNames.RETRY_LOOP, policy, result);
      }
    } else {
      addFirstElement(code, pullSource, call, succeeded);
    }
    if (gate != null) {
      code.addStatement("$L.completed()", gate);
    }
    code.add(succeeded);
    code.addStatement(result == null ? "return" : "return " + result);
  }

  private void addFirstElement(
      CodeBlock.Builder code, PullSource pullSource, CodeBlock call, CodeBlock succeeded) {
    String first = names.local("first");
    code.addStatement(
        "$T $L = new $T($L)",
        RuntimeNames.FIRST_ELEMENT,
        first,
        RuntimeNames.FIRST_ELEMENT,
        policy);
    String reading = first + ".of" + pullSource.source().type();
    StreamHandle handle = pullSource.handle();
    if (handle == null) {
      addResult(code, CodeBlock.of("$L($L)", reading, call));
    } else {
      addHandle(code, pullSource.source(), handle, reading, call, succeeded);
    }
    if (isChecked()) {
      code.addStatement("$L.requireAccepted($L)", first, result);
    }
  }

  /**
   * The returned handle starts with the elements read ahead and otherwise forwards to the
   * delegate's.
   */
  private void addHandle(
      CodeBlock.Builder code,
      ElementSource source,
      StreamHandle handle,
      String reading,
      CodeBlock call,
      CodeBlock succeeded) {
    String opened = names.local("handle");
    String elements = names.local("elements");
    code.addStatement("$T $L = $L", handle.type(), opened, call);
    code.beginControlFlow("if ($L == null)", opened);
    if (isChecked()) {
      code.addStatement("$L = null", result);
      code.addStatement("$T.check($L, null)", RuntimeNames.RETRY_LOOP, policy);
    }
    code.add(succeeded);
    code.addStatement("return null");
    code.endControlFlow();
    code.addStatement(
        "$T $L = $L($L, $L)",
        handle.stream(),
        elements,
        reading,
        opened,
        handle.opener() == null ? "() -> " + opened : opened + "::" + handle.opener());
    addResult(
        code,
        ForwardingClassWriter.write(
            handle.type(),
            handle.methods(),
            names,
            (method, parameters) -> {
              if (method.name().equals(handle.opener()) && parameters.isEmpty()) {
                return CodeBlock.builder().addStatement("return $L", elements).build();
              }
              boolean reads = handle.opener() == null && reads(source, method, parameters);
              return ForwardingClassWriter.statement(reads ? elements : opened, method, parameters);
            }));
  }

  private static boolean reads(ElementSource source, Signature method, List<String> parameters) {
    Set<String> reading =
        source == ElementSource.ITERATOR ? Set.of("hasNext", "next") : Set.of("iterator");
    return parameters.isEmpty() && reading.contains(method.name());
  }

  /** Rethrows with the precise type of the exception, so that undeclared ones do not compile. */
  private void addDecision(CodeBlock.Builder code) {
    String wait = method.declaresInterrupt() ? "awaitRetryInterruptibly" : "awaitRetry";
    CodeBlock delivered = gate == null ? CodeBlock.of("") : CodeBlock.of(", $L.failed()", gate);
    code.beginControlFlow("if (!$L.$L($L$L))", retries, wait, error, delivered);
    if (isChecked()) {
      code.beginControlFlow("if ($T.isRejected($L, $L))", RuntimeNames.RETRY_LOOP, policy, error);
      code.addStatement("return $L", result);
      code.endControlFlow();
    }
    code.addStatement("throw $L", error);
    code.endControlFlow();
  }
}
