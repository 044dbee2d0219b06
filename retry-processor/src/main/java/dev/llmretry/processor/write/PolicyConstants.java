package dev.llmretry.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.RetryingClient;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/**
 * The constants that hold the settings of retried methods. They are in the generated class; or,
 * where there are so many that its initializer would be longer than a class file permits, in nested
 * classes {@code Policies1}, {@code Policies2}, ….
 */
final class PolicyConstants {

  /**
   * Characters of source code for which a compiler generates less than the 65,535 bytes that an
   * initializer may have: each setting is shorter in byte code.
   */
  private static final int MOST_CHARACTERS = 60_000;

  private final IdentityHashMap<ClientMethod, Constant> constants = new IdentityHashMap<>();
  private final Map<String, List<FieldSpec>> fields = new LinkedHashMap<>();

  PolicyConstants(RetryingClient client) {
    LoggedNames loggedNames = new LoggedNames(client);
    ConstantNames constantNames = new ConstantNames();
    NameAllocator holderNames = new NameAllocator();
    client.reservedNames().stream().sorted().forEach(holderNames::newName);
    String holder = "";
    int characters = MOST_CHARACTERS;
    for (ClientMethod method : client.methods()) {
      if (method.retry() != null) {
        String name = constantNames.of(method);
        FieldSpec field = PolicyWriter.constant(name, loggedNames.of(method), method.retry());
        int length = field.toString().length();
        characters += length;
        if (characters > MOST_CHARACTERS) {
          characters = length;
          holder = holderNames.newName("Policies" + (fields.size() + 1));
        }
        fields.computeIfAbsent(holder, unseen -> new ArrayList<>()).add(field);
        constants.put(method, new Constant(holder, name));
      }
    }
  }

  private record Constant(String holder, String name) {}

  private boolean isNested() {
    return fields.size() > 1;
  }

  /** Returns the expression for the settings of a retried method. */
  String of(ClientMethod method) {
    Constant constant = find(method);
    return isNested() ? constant.holder() + "." + constant.name() : constant.name();
  }

  /** Returns the simple name that no variable of the method may have. */
  String nameInScope(ClientMethod method) {
    Constant constant = find(method);
    return isNested() ? constant.holder() : constant.name();
  }

  private Constant find(ClientMethod method) {
    return Objects.requireNonNull(constants.get(method), method.name());
  }

  /**
   * Returns the expression for the runtime of a wrapper, in whose constructor there is a variable
   * {@code delegate}.
   *
   * @param given the expression for the runtime that the user has passed
   */
  CodeBlock runtime(CodeBlock given) {
    if (!isNested()) {
      return runtime(given, fields.values().stream().flatMap(List::stream).toList());
    }
    CodeBlock runtime = given;
    for (String holder : fields.keySet()) {
      runtime = CodeBlock.of("$L.runtime($L, delegate)", holder, runtime);
    }
    return runtime;
  }

  private static CodeBlock runtime(CodeBlock given, List<FieldSpec> constants) {
    CodeBlock.Builder call = CodeBlock.builder();
    call.add("$T.of($L, delegate", RuntimeNames.WRAPPER_RUNTIME, given);
    constants.forEach(constant -> call.add(",$W$L", constant.name()));
    return call.add(")").build();
  }

  /** Adds the constants to the generated class. */
  void addTo(TypeSpec.Builder generated) {
    fields.forEach(
        (holder, some) -> {
          if (isNested()) {
            generated.addType(holder(holder, some));
          } else {
            generated.addFields(some);
          }
        });
  }

  private static TypeSpec holder(String name, List<FieldSpec> constants) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addFields(constants)
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
        .addMethod(
            MethodSpec.methodBuilder("runtime")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(RuntimeNames.RETRY_RUNTIME, "runtime")
                .addParameter(Object.class, "delegate")
                .returns(RuntimeNames.RETRY_RUNTIME)
                .addStatement("return $L", runtime(CodeBlock.of("runtime"), constants))
                .build())
        .build();
  }
}
