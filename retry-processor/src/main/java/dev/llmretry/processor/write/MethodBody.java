package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** Returns the expression for the routes, or null if there is only one delegate. */
  @Nullable String routes() {
    return caller.routes();
  }

  /**
   * Returns the call that makes an attempt.
   *
   * @param attempt the variable that holds the attempt, which has a route
   * @param replaced the arguments for parameters that are not passed unchanged
   */
  CodeBlock attempt(String attempt, Map<Parameter, CodeBlock> replaced) {
    return call(routes() == null ? null : CodeBlock.of("$L.of($L)", routes(), attempt), replaced);
  }

  /**
   * Returns the call that makes an attempt.
   *
   * @param route the expression for the delegate; null if there is only one
   * @param replaced the arguments for parameters that are not passed unchanged
   */
  CodeBlock call(@Nullable CodeBlock route, Map<Parameter, CodeBlock> replaced) {
    return caller.attempt(route, replaced);
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

    /** Returns the expression for the routes, or null if there is only one delegate. */
    default @Nullable String routes() {
      return null;
    }

    /**
     * Returns the call that makes an attempt.
     *
     * @param route the expression for the delegate; null if there is only one
     * @param replaced the arguments for parameters that are not passed unchanged
     */
    CodeBlock attempt(@Nullable CodeBlock route, Map<Parameter, CodeBlock> replaced);
  }
}
