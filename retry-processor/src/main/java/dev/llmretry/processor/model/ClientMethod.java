package dev.llmretry.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of an annotated interface, its own or inherited.
 *
 * @param name its name
 * @param typeVariables its own type variables
 * @param returnType what it returns, as printed
 * @param returnFamily what kind of thing that is
 * @param parameters its parameters
 * @param varargs whether the last parameter is variable
 * @param thrown the exceptions of its throws clause
 * @param admitsInterrupt whether {@code InterruptedException} may leave it
 * @param deprecated its {@code @Deprecated}, if it has one
 * @param isDefault whether it has a body
 * @param retry the settings if it is retried, or null
 * @param annotations what stands on it
 * @param inaccessibleTypes the types in its signature that the generated class cannot name
 * @param at where it stands
 */
public record ClientMethod(
    String name,
    List<TypeVariableName> typeVariables,
    TypeName returnType,
    ReturnFamily returnFamily,
    List<Parameter> parameters,
    boolean varargs,
    List<ThrownType> thrown,
    boolean admitsInterrupt,
    @Nullable AnnotationSpec deprecated,
    boolean isDefault,
    @Nullable Policy retry,
    RetryAnnotations annotations,
    List<String> inaccessibleTypes,
    Position at) {

  /** Makes a method. */
  public ClientMethod {
    typeVariables = List.copyOf(typeVariables);
    parameters = List.copyOf(parameters);
    thrown = List.copyOf(thrown);
    inaccessibleTypes = List.copyOf(inaccessibleTypes);
  }

  /** Returns the parameter that is a cancellation token, or null. */
  public @Nullable Parameter token() {
    return parameters.stream()
        .filter(parameter -> parameter.role() == ParameterRole.TOKEN)
        .findFirst()
        .orElse(null);
  }

  /** Returns the method as messages name it. */
  public String describe() {
    return name + "()";
  }
}
