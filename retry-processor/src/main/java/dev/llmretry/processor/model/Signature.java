package dev.llmretry.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;

/**
 * The signature of a method, as generated code implements it.
 *
 * @param name its name
 * @param typeVariables its own type variables
 * @param returnType its return type
 * @param parameters its parameters
 * @param varargs whether the last parameter has variable arity
 * @param thrown the exceptions of its throws clause
 * @param annotations its annotations that the implementation repeats
 * @param receiver how the method is called on the object that the implementation forwards to
 */
public record Signature(
    String name,
    List<TypeVariableName> typeVariables,
    TypeName returnType,
    List<Parameter> parameters,
    boolean varargs,
    List<ThrownType> thrown,
    List<AnnotationSpec> annotations,
    Receiver receiver) {

  /** Creates a signature. */
  public Signature {
    typeVariables = List.copyOf(typeVariables);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
    annotations = List.copyOf(annotations);
  }

  /**
   * Returns a call of the method.
   *
   * @param object the expression for the object on which to call it
   * @param call the part after the dot
   */
  public CodeBlock callOn(CodeBlock object, CodeBlock call) {
    CodeBlock result = CodeBlock.of("$L.$L", receiver.of(object), call);
    return receiver.isResultCast()
        ? CodeBlock.of("($T) $L", returnType.withoutAnnotations(), result)
        : result;
  }
}
