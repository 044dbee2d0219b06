package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import dev.llmretry.processor.model.Callback;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Parameter;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.Weaving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the companion of a woven class, which contains the settings of its methods. */
public final class CompanionWriter {

  /** The method that returns false unless an aspect intercepts it. */
  private static final String PROBE = "isWoven";

  private final RetryingClient client;

  /** Compilers recurse for each call of a chain. */
  private static final int MOST_CALLS = 200;

  private final PolicyConstants constants;
  private final NameAllocator methods = new NameAllocator();

  private CompanionWriter(RetryingClient client) {
    this.client = client;
    this.constants = new PolicyConstants(client);
    methods.newName(PROBE);
  }

  /** Returns the source code of the companion. The same client always yields the same text. */
  public static String write(RetryingClient client) {
    return GeneratedType.text(client, new CompanionWriter(client).companion());
  }

  private TypeSpec companion() {
    CodeBlock summary =
        CodeBlock.of("Says how {@link $T} is retried, once AspectJ has woven it.", client.type());
    TypeSpec.Builder companion = GeneratedType.begin(client, summary);
    companion.addModifiers(Modifier.FINAL);
    constants.addTo(companion);
    List<CodeBlock> calls = new ArrayList<>();
    for (ClientMethod method : client.methods()) {
      if (method.retry() != null && method.weaving() != null) {
        calls.add(describe(method, method.weaving(), companion));
      }
    }
    companion.addStaticBlock(registration(calls));
    companion.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    companion.addMethod(
        MethodSpec.methodBuilder(PROBE)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(boolean.class)
            .addStatement("return false")
            .build());
    return companion.build();
  }

  /** Registers a description of the class, in several statements if it is long. */
  private CodeBlock registration(List<CodeBlock> calls) {
    CodeBlock.Builder statements = CodeBlock.builder();
    CodeBlock receiver =
        CodeBlock.of("$T.describe($T.class, $L())", RuntimeNames.WOVEN_CLASS, client.type(), PROBE);
    int done = 0;
    if (calls.size() > MOST_CALLS) {
      statements.add("$T description = ", RuntimeNames.WOVEN_DESCRIPTION);
      for (; calls.size() - done > MOST_CALLS; done += MOST_CALLS) {
        CodeBlock some = CodeBlock.join(calls.subList(done, done + MOST_CALLS), "");
        statements.addStatement("$L$L", receiver, some);
        receiver = CodeBlock.of("description");
      }
    }
    CodeBlock rest = CodeBlock.join(calls.subList(done, calls.size()), "");
    return statements.addStatement("$L$L\n.register()", receiver, rest).build();
  }

  private CodeBlock describe(ClientMethod method, Weaving weaving, TypeSpec.Builder companion) {
    CodeBlock.Builder description = CodeBlock.builder();
    String constant = constants.of(method);
    if (weaving.isLoop()) {
      String kind = method.declaresInterrupt() ? "interruptibleLoop" : "loop";
      description.add("\n.$L($S, $L)", kind, weaving.id(), constant);
    } else {
      String name = methods.newName(method.name());
      boolean isVoid = method.signature().returnType().equals(TypeName.VOID);
      ClassName type = client.generatedName();
      String kind = isVoid ? "procedure" : "function";
      description.add("\n.$L($S, $L, $T::$L)", kind, weaving.id(), constant, type, name);
      companion.addMethod(retrying(method, name));
    }
    weaving.overridden().forEach(id -> description.add("\n.overriding($S)", id));
    return description.build();
  }

  private MethodSpec retrying(ClientMethod method, String name) {
    MethodNames names = new MethodNames(method, constants.nameInScope(method), client.innerNames());
    String call = names.local("call");
    CodeBlock.Builder arguments = CodeBlock.builder();
    for (int i = 0; i < method.parameters().size(); i++) {
      Parameter parameter = method.parameters().get(i);
      if (isNamed(parameter, method)) {
        TypeName type = parameter.type().withoutAnnotations();
        arguments.addStatement(
            "$T $L = $L.argument($L)", type, names.of(parameter, method), call, i);
      }
    }
    MethodBody body =
        new MethodBody(method, constants.of(method), names, new WovenCaller(method, call));
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .addTypeVariables(typeVariables(method))
        .returns(method.signature().returnType().withoutAnnotations())
        .addParameter(RuntimeNames.WOVEN_CALL, call)
        .addException(Throwable.class)
        .addCode(arguments.build())
        .addCode(MethodWriter.retrying(body))
        .build();
  }

  private static boolean isNamed(Parameter parameter, ClientMethod method) {
    Callback callback = method.callback();
    return parameter.equals(method.token())
        || parameter.equals(method.revised())
        || (method.token() == null && parameter.equals(method.attempt()))
        || (callback != null && parameter.equals(callback.parameter()));
  }

  /** A static method has to declare the variables of the class, unless its own ones shadow them. */
  private Iterable<TypeVariableName> typeVariables(ClientMethod method) {
    Map<String, TypeVariableName> variables = new LinkedHashMap<>();
    Stream.concat(client.typeVariables().stream(), method.signature().typeVariables().stream())
        .forEach(variable -> variables.put(variable.name(), variable));
    return variables.values();
  }
}
