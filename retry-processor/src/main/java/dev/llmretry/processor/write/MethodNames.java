package dev.llmretry.processor.write;

import com.palantir.javapoet.NameAllocator;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/** The names inside one generated method: the parameters', and what is left for our variables. */
final class MethodNames {

  private final NameAllocator allocator = new NameAllocator();
  private final List<String> parameters = new ArrayList<>();

  MethodNames(ClientMethod method) {
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
    return token == null ? "null" : parameters.get(method.parameters().indexOf(token));
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
