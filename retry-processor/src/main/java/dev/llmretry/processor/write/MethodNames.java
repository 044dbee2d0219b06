package dev.llmretry.processor.write;

import com.palantir.javapoet.NameAllocator;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names inside one generated method: the parameters', and what is left for our variables. */
final class MethodNames {

  /** What a variable of the same name would hide from the code of the method. */
  private static final List<String> TYPES =
      List.of(
          "AsyncRetry",
          "CallbackGate",
          "CallbackRetry",
          "CancellationToken",
          "Exception",
          "FirstElement",
          "FlowAdapters",
          "GaxRetry",
          "GuavaRetry",
          "PublisherRetry",
          "ReactorRetry",
          "RetryLoop",
          "RxRetry");

  private final NameAllocator allocator = new NameAllocator();
  private final List<String> parameters = new ArrayList<>();

  /**
   * Makes the names.
   *
   * @param constant the constant that holds the method's settings, or null
   * @param innerNames what classes inside the method inherit
   */
  MethodNames(ClientMethod method, @Nullable String constant, Set<String> innerNames) {
    TYPES.forEach(allocator::newName);
    innerNames.stream().sorted().forEach(allocator::newName);
    if (constant != null) {
      allocator.newName(constant);
    }
    for (Parameter parameter : method.parameters()) {
      parameters.add(allocator.newName(parameter.name()));
    }
  }

  /** Returns the names of the parameters. */
  List<String> parameters() {
    return parameters;
  }

  /** Returns the name of the parameter that is a token, or {@code null} as source code. */
  String tokenOrNull(ClientMethod method) {
    Parameter token = method.token();
    return token == null ? "null" : of(token, method);
  }

  /** Returns the name of a parameter. */
  String of(Parameter parameter, ClientMethod method) {
    return parameters.get(method.parameters().indexOf(parameter));
  }

  /** Returns names for the parameters of a method inside, which hide none of those outside. */
  List<String> inner(Stream<String> suggestions) {
    NameAllocator names = allocator.clone();
    return suggestions.map(names::newName).toList();
  }

  /** Returns a name for a local variable that no parameter has. */
  String local(String suggestion) {
    return allocator.newName(suggestion);
  }

  /** Returns how to name a field, which a parameter may hide. */
  String field(String name) {
    return parameters.contains(name) ? "this." + name : name;
  }
}
