package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.Policy;
import java.util.ArrayList;
import java.util.List;

/** Writes the bodies of methods that return when they are done: a loop, in plain sight. */
final class BlockingMethodWriter {

  private final ClientMethod method;
  private final String policy;
  private final MethodNames names;
  private final String delegate;
  private final String runtime;
  private final String token;
  private final String retries;
  private final String error;

  private BlockingMethodWriter(ClientMethod method, String policy, MethodNames names) {
    this.method = method;
    this.policy = policy;
    this.names = names;
    this.delegate = names.field("delegate");
    this.runtime = names.field("runtime");
    this.token = names.tokenOrNull(method);
    this.retries = names.local("retries");
    this.error = names.local("e");
  }

  /**
   * Returns the body.
   *
   * @param constant the constant that holds the settings
   */
  static CodeBlock body(ClientMethod method, Policy policy, String constant, MethodNames names) {
    BlockingMethodWriter writer = new BlockingMethodWriter(method, constant, names);
    return policy.isTimed() ? writer.timed() : writer.untimed();
  }

  private CodeBlock untimed() {
    String observed = names.local("observed");
    String begun = names.local("begun");
    CodeBlock.Builder code = CodeBlock.builder();
    code.addStatement(
        "boolean $L = $T.begin($L, $L, $L)",
        observed,
        RuntimeNames.RETRY_LOOP,
        runtime,
        policy,
        token);
    code.addStatement("long $L = $T.now()", begun, RuntimeNames.RETRY_LOOP);
    code.addStatement("$T $L = null", RuntimeNames.RETRY_LOOP, retries);
    code.beginControlFlow("while (true)");
    code.beginControlFlow("try");
    CodeBlock.Builder succeeded = CodeBlock.builder();
    succeeded.beginControlFlow("if ($L)", observed);
    succeeded.addStatement(
        "$T.succeeded($L, $L, $L)", RuntimeNames.RETRY_LOOP, runtime, policy, retries);
    addAttempt(code, names.parameters(), succeeded.endControlFlow().build());
    code.nextControlFlow("catch ($T $L)", Exception.class, error);
    code.beginControlFlow("if ($L == null)", retries);
    code.addStatement(
        "$L = new $T($L, $L, $L, $L)",
        retries,
        RuntimeNames.RETRY_LOOP,
        runtime,
        policy,
        token,
        begun);
    code.endControlFlow();
    addDecision(code);
    code.endControlFlow();
    return code.endControlFlow().build();
  }

  private CodeBlock timed() {
    CodeBlock.Builder code = CodeBlock.builder();
    code.addStatement(
        "$T $L = $T.timed($L, $L, $L)",
        RuntimeNames.RETRY_LOOP,
        retries,
        RuntimeNames.RETRY_LOOP,
        runtime,
        policy,
        token);
    code.beginControlFlow("while (true)");
    List<String> arguments = new ArrayList<>(names.parameters());
    Parameter given = method.token();
    if (given != null && given.exactToken()) {
      String attempt = names.local("attempt");
      code.addStatement(
          "$T $L = $L.beginAttempt()", RuntimeNames.CANCELLATION_TOKEN, attempt, retries);
      arguments.set(method.parameters().indexOf(given), attempt);
    } else {
      code.addStatement("$L.beginAttempt()", retries);
    }
    code.beginControlFlow("try");
    addAttempt(
        code, arguments, CodeBlock.builder().addStatement("$L.succeeded()", retries).build());
    code.nextControlFlow("catch ($T $L)", Exception.class, error);
    addDecision(code);
    code.nextControlFlow("finally");
    code.addStatement("$L.endAttempt()", retries);
    code.endControlFlow();
    return code.endControlFlow().build();
  }

  private void addAttempt(CodeBlock.Builder code, List<String> arguments, CodeBlock succeeded) {
    CodeBlock call = call(method, delegate, arguments);
    if (method.returnType().equals(TypeName.VOID)) {
      code.addStatement(call);
      code.add(succeeded);
      code.addStatement("return");
    } else {
      String result = names.local("result");
      code.addStatement("$T $L = $L", method.returnType().withoutAnnotations(), result, call);
      code.add(succeeded);
      code.addStatement("return $L", result);
    }
  }

  /** Rethrown as it was declared, so that nothing leaves that the method does not admit. */
  private void addDecision(CodeBlock.Builder code) {
    String wait = method.admitsInterrupt() ? "awaitRetryInterruptibly" : "awaitRetry";
    code.beginControlFlow("if (!$L.$L($L))", retries, wait, error);
    code.addStatement("throw $L", error);
    code.endControlFlow();
  }

  /** Returns the body of a method that is not retried. */
  static CodeBlock delegating(ClientMethod method, MethodNames names) {
    CodeBlock call = call(method, names.field("delegate"), names.parameters());
    return method.returnType().equals(TypeName.VOID)
        ? CodeBlock.builder().addStatement(call).build()
        : CodeBlock.builder().addStatement("return $L", call).build();
  }

  private static CodeBlock call(ClientMethod method, String delegate, List<String> arguments) {
    CodeBlock list =
        arguments.stream()
            .map(argument -> CodeBlock.of("$L", argument))
            .collect(CodeBlock.joining(",$W"));
    return CodeBlock.of("$L.$L($L)", delegate, method.name(), list);
  }
}
