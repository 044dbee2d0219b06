package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.Map;

/**
 * What the body of a retried method is written from.
 *
 * @param method the method
 * @param policy the constant that holds its settings
 * @param names the names inside the body
 * @param caller what an attempt calls
 */
record MethodBody(ClientMethod method, String policy, MethodNames names, Caller caller) {

  /** Returns how to name the runtime. */
  String runtime() {
    return caller.runtime();
  }

  /**
   * Returns the call that makes an attempt.
   *
   * @param replaced what is passed in place of some of the parameters
   */
  CodeBlock attempt(Map<Parameter, CodeBlock> replaced) {
    return caller.attempt(replaced);
  }

  /** Returns the name of a parameter. */
  String name(Parameter parameter) {
    return names.of(parameter, method);
  }

  /** Returns a name for a local variable that no parameter has. */
  String local(String suggestion) {
    return names.local(suggestion);
  }

  /** How the retried method is called. */
  interface Caller {

    /** Returns how to name the runtime. */
    String runtime();

    /** Returns the call that makes an attempt. */
    CodeBlock attempt(Map<Parameter, CodeBlock> replaced);
  }
}
