package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.Map;

/**
 * What the body of a retried method is generated from.
 *
 * @param method the method
 * @param policy the expression for its settings
 * @param names the names inside the body
 * @param caller what an attempt calls
 */
record MethodBody(ClientMethod method, String policy, MethodNames names, Caller caller) {

  /** Returns the expression for the runtime. */
  String runtime() {
    return caller.runtime();
  }

  /**
   * Returns the call that makes an attempt.
   *
   * @param replaced the arguments for parameters that are not passed unchanged
   */
  CodeBlock attempt(Map<Parameter, CodeBlock> replaced) {
    return caller.attempt(replaced);
  }

  /** Returns the name of a parameter. */
  String name(Parameter parameter) {
    return names.of(parameter, method);
  }

  /** Returns an unused name for a local variable. */
  String local(String suggestion) {
    return names.local(suggestion);
  }

  /** Returns a name for the variable that holds the attempt: not that of the caller's. */
  String attemptName() {
    return names.local(method.attempt() == null ? "attempt" : "current");
  }

  /** How the retried method is called. */
  interface Caller {

    /** Returns the expression for the runtime. */
    String runtime();

    /** Returns the call that makes an attempt. */
    CodeBlock attempt(Map<Parameter, CodeBlock> replaced);
  }
}
