package dev.llmretry.processor.write;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.RetryingClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Names of methods in logs, traces and metrics: {@code com.acme.ChatClient.chat}. Where several
 * retried methods have the same name, the types of their parameters are appended, without their
 * packages unless these are needed to distinguish them: {@code com.acme.ChatClient.chat(String)}.
 */
final class LoggedNames {

  private final RetryingClient client;
  private final Map<String, List<ClientMethod>> retriedByName;
  private final Map<String, Boolean> differBySimpleNames = new HashMap<>();

  LoggedNames(RetryingClient client) {
    this.client = client;
    this.retriedByName =
        client.methods().stream()
            .filter(method -> method.retry() != null)
            .collect(groupingBy(ClientMethod::name));
  }

  String of(ClientMethod method) {
    String name = client.type().canonicalName() + "." + method.name();
    List<ClientMethod> overloads = retriedByName.getOrDefault(method.name(), List.of());
    if (overloads.size() < 2) {
      return name;
    }
    boolean simple =
        differBySimpleNames.computeIfAbsent(method.name(), each -> differBySimpleNames(overloads));
    return name + parameters(method, simple ? LoggedNames::simpleName : ClassName::canonicalName);
  }

  private boolean differBySimpleNames(List<ClientMethod> overloads) {
    return overloads.stream()
            .map(each -> parameters(each, LoggedNames::simpleName))
            .distinct()
            .count()
        == overloads.size();
  }

  private static String simpleName(ClassName type) {
    return String.join(".", type.simpleNames());
  }

  private String parameters(ClientMethod method, Function<ClassName, String> naming) {
    String list =
        method.parameters().stream()
            .map(each -> erased(each.type(), method, naming))
            .collect(joining(", "));
    if (method.signature().varargs()) {
      list = list.substring(0, list.length() - "[]".length()) + "...";
    }
    return "(" + list + ")";
  }

  private String erased(TypeName type, ClientMethod method, Function<ClassName, String> naming) {
    if (type instanceof ArrayTypeName array) {
      return erased(array.componentType(), method, naming) + "[]";
    }
    if (type instanceof ParameterizedTypeName parameterized) {
      return naming.apply(parameterized.rawType());
    }
    if (type instanceof TypeVariableName variable) {
      return erased(bound(variable, method), method, naming);
    }
    return type instanceof ClassName name
        ? naming.apply(name)
        : type.withoutAnnotations().toString();
  }

  /** Only the declaration of a type variable has its bounds. */
  private TypeName bound(TypeVariableName variable, ClientMethod method) {
    return Stream.concat(
            method.signature().typeVariables().stream(), client.typeVariables().stream())
        .filter(declared -> declared.name().equals(variable.name()))
        .findFirst()
        .flatMap(declared -> declared.bounds().stream().findFirst())
        .orElse(ClassName.get(Object.class));
  }
}
