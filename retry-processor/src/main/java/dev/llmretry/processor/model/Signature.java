package dev.llmretry.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a method, as generated code implements it.
 *
 * @param name its name
 * @param typeVariables its own type variables
 * @param returnType its return type
 * @param parameters its parameters
 * @param varargs whether the last parameter has variable arity
 * @param thrown the exceptions of its throws clause
 * @param deprecated its {@code @Deprecated}, if it has one
 */
public record Signature(
    String name,
    List<TypeVariableName> typeVariables,
    TypeName returnType,
    List<Parameter> parameters,
    boolean varargs,
    List<ThrownType> thrown,
    @Nullable AnnotationSpec deprecated) {

  /** Creates a signature. */
  public Signature {
    typeVariables = List.copyOf(typeVariables);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
  }
}
