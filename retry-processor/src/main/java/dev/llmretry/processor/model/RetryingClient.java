package dev.llmretry.processor.model;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeVariableName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An annotated interface; or a class that is annotated, or has annotated methods.
 *
 * @param type its name
 * @param typeVariables its type variables
 * @param kind the kind of type
 * @param isPublic whether it and the types around it are public
 * @param woven what AspectJ needs; null if it is an interface
 * @param delegate what the wrapper of an interface wraps
 * @param routing what allows several delegates; null if there is only one
 * @param methods the methods to implement; of a class, those it declares
 * @param hidden names of methods that it has, and that cannot be read
 * @param misplaced methods whose annotations have no effect, since a wrapper cannot override them
 * @param onType the {@code @LlmRetry} and composed annotations on the type itself
 * @param annotations its annotations that the generated class repeats
 * @param reservedNames simple names that the generated class must not import
 * @param innerNames names that anonymous classes in the generated methods inherit
 * @param lints lint categories to suppress in the generated class
 * @param generatedNameTaken whether a class of the generated name exists that is not generated
 * @param generatedVisible whether {@code javax.annotation.processing.Generated} is visible
 * @param runtimeVisible whether the classes that generated code calls are visible
 * @param at its position
 */
public record RetryingClient(
    ClassName type,
    List<TypeVariableName> typeVariables,
    Kind kind,
    boolean isPublic,
    @Nullable WovenType woven,
    Delegate delegate,
    @Nullable Routing routing,
    List<ClientMethod> methods,
    List<String> hidden,
    List<Misplaced> misplaced,
    List<RetryAnnotations.RetryAnnotation> onType,
    List<AnnotationSpec> annotations,
    Set<String> reservedNames,
    Set<String> innerNames,
    Set<String> lints,
    boolean generatedNameTaken,
    boolean generatedVisible,
    boolean runtimeVisible,
    Position at) {

  /** Creates a client. */
  public RetryingClient {
    typeVariables = List.copyOf(typeVariables);
    methods = List.copyOf(methods);
    hidden = List.copyOf(hidden);
    misplaced = List.copyOf(misplaced);
    onType = List.copyOf(onType);
    annotations = List.copyOf(annotations);
    reservedNames = Set.copyOf(reservedNames);
    innerNames = Set.copyOf(innerNames);
  }

  /**
   * Returns the name of the generated class: {@code RetryingOuter_Chat} for an interface {@code
   * Outer.Chat}, {@code WovenOuter_Chat} for a class.
   */
  public ClassName generatedName() {
    return generatedName(type, woven == null);
  }

  /** Returns the name of the class generated for {@code type}. */
  public static ClassName generatedName(ClassName type, boolean isInterface) {
    String name = String.join("_", type.simpleNames());
    return ClassName.get(
        type.packageName(), isInterface ? "Retrying" + name : "Woven" + name.replace('$', '_'));
  }

  /** Returns whether any method is retried. */
  public boolean retries() {
    return methods.stream().anyMatch(method -> method.retry() != null);
  }

  /** The kind of an annotated type. */
  public enum Kind {
    /** An interface that generated code can implement. */
    INTERFACE,
    /** A sealed interface. */
    SEALED,
    /** A type that is private, or nested in a private type. */
    PRIVATE,
    /** A class, record or enum that generated code can access. */
    CLASS
  }

  /**
   * An annotated method that cannot be retried.
   *
   * @param name its name
   * @param why why it cannot be overridden: {@code static}, {@code private}, …
   * @param annotation the simple name of the annotation on it
   * @param at the position of the annotation
   */
  public record Misplaced(String name, String why, String annotation, Position at) {}
}
