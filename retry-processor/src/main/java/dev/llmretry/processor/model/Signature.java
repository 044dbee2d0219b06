package dev.llmretry.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class has to repeat to implement a method.
 *
 * @param name its name
 * @param typeVariables its own type variables
 * @param returnType what it returns, as printed
 * @param parameters its parameters
 * @param varargs whether the last parameter is variable
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

  /** Makes a signature. */
  public Signature {
    typeVariables = List.copyOf(typeVariables);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
  }
}
