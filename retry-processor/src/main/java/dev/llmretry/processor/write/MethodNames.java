package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.NameAllocator;
import dev.llmretry.processor.model.AsyncAdapter;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Allocates the names of parameters and local variables in one generated method. */
final class MethodNames {

  private final NameAllocator allocator = new NameAllocator();
  private final List<String> parameters = new ArrayList<>();

  /**
   * Reserves the names of the types that the method refers to, then names its parameters.
   *
   * @param constant the name of the constant that holds the method's settings, or of its class;
   *     null if there is none
   * @param innerNames names that anonymous classes in the method inherit
   */
  MethodNames(ClientMethod method, @Nullable String constant, Set<String> innerNames) {
    AsyncAdapter adapter = method.returnSpec().asyncAdapter();
    Stream.concat(
            RuntimeNames.inBodies().stream(), Stream.ofNullable(adapter).map(AsyncAdapter::type))
        .map(ClassName::simpleName)
        .distinct()
        .forEach(allocator::newName);
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

  /** Returns the expression for the token that cancels the call, or {@code null}. */
  CodeBlock tokenOrNull(ClientMethod method) {
    if (method.token() != null) {
      return CodeBlock.of("$L", of(method.token(), method));
    }
    return method.attempt() == null
        ? CodeBlock.of("null")
        : CodeBlock.of("$T.tokenOf($L)", RuntimeNames.RETRY_LOOP, of(method.attempt(), method));
  }

  /** Returns the name of a parameter. */
  String of(Parameter parameter, ClientMethod method) {
    return parameters.get(method.parameters().indexOf(parameter));
  }

  /** Returns names for the parameters of a nested method that shadow none of the outer names. */
  List<String> inner(Stream<String> suggestions) {
    NameAllocator names = allocator.clone();
    return suggestions.map(names::newName).toList();
  }

  /** Returns an unused name for a local variable. */
  String local(String suggestion) {
    return allocator.newName(suggestion);
  }

  /** Returns a reference to a field that a parameter may shadow. */
  String field(String name) {
    return parameters.contains(name) ? "this." + name : name;
  }
}
