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
 * @param kind what kind of type it is
 * @param isPublic whether it can be named from everywhere
 * @param woven what AspectJ needs; null if it is an interface
 * @param methods what the generated class has to implement; of a class, all that it declares
 * @param misplaced the methods whose annotations mean nothing, since no wrapper can override them
 * @param onType the {@code @LlmRetry} and composed annotations on the interface itself
 * @param annotations those of its annotations that the generated class repeats
 * @param reservedNames simple names that mean something else inside the generated class
 * @param innerNames names that mean something else inside the classes in its methods
 * @param lints the kinds of warnings that its signatures would provoke again
 * @param generatedNameTaken whether a class of the generated one's name exists that is not ours
 * @param generatedVisible whether {@code javax.annotation.processing.Generated} can be read
 * @param runtimeVisible whether the classes that generated code calls can be read
 * @param at where it stands
 */
public record RetryingClient(
    ClassName type,
    List<TypeVariableName> typeVariables,
    Kind kind,
    boolean isPublic,
    @Nullable WovenType woven,
    List<ClientMethod> methods,
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

  /** Makes a client. */
  public RetryingClient {
    typeVariables = List.copyOf(typeVariables);
    methods = List.copyOf(methods);
    misplaced = List.copyOf(misplaced);
    onType = List.copyOf(onType);
    annotations = List.copyOf(annotations);
    reservedNames = Set.copyOf(reservedNames);
    innerNames = Set.copyOf(innerNames);
  }

  /**
   * Returns the generated class's name: {@code RetryingOuter_Chat} for an interface {@code
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

  /** Returns how logs and listeners are to name a method. */
  public String nameInLogs(ClientMethod method) {
    return type.canonicalName() + "." + method.name();
  }

  /** Returns whether any method is retried. */
  public boolean retries() {
    return methods.stream().anyMatch(method -> method.retry() != null);
  }

  /** What kind of type is annotated. */
  public enum Kind {
    /** An interface that a generated class can implement. */
    INTERFACE,
    /** A sealed interface. */
    SEALED,
    /** A type that is private, or inside something private. */
    PRIVATE,
    /** A class, record or enum that a generated class can name. */
    CLASS
  }

  /**
   * An annotated method that cannot be retried.
   *
   * @param name its name
   * @param why what it is: {@code static}, {@code private}, …
   * @param annotation the name of the annotation on it
   * @param at where the annotation stands
   */
  public record Misplaced(String name, String why, String annotation, Position at) {}
}
