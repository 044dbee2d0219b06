package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.RetryingClient;
import java.util.Objects;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Writes the retrying wrapper of an interface. */
public final class ClientWriter {

  private final RetryingClient client;
  private final TypeName type;
  private final TypeName delegateType;
  private final PolicyConstants constants;

  /** Null if the wrapper has one delegate. */
  private final @Nullable RoutesWriter routes;

  private final NameAllocator methodNames = new NameAllocator();

  private ClientWriter(RetryingClient client) {
    this.client = client;
    this.constants = new PolicyConstants(client);
    this.type =
        client.typeVariables().isEmpty()
            ? client.type()
            : ParameterizedTypeName.get(
                client.type(), client.typeVariables().toArray(new TypeName[0]));
    TypeName wider = client.delegate().wider();
    this.delegateType = wider == null ? type : wider;
    this.routes = client.routing() == null ? null : new RoutesWriter(client, delegateType);
    client.methods().stream().map(ClientMethod::name).distinct().forEach(methodNames::newName);
  }

  /** Returns the source code of the wrapper. The same client always yields the same text. */
  public static String write(RetryingClient client) {
    return GeneratedType.text(client, new ClientWriter(client).wrapper());
  }

  private TypeSpec wrapper() {
    CodeBlock summary = CodeBlock.of("Retries {@link $T}.", client.type());
    TypeSpec.Builder wrapper = GeneratedType.begin(client, summary);
    if (client.isPublic()) {
      wrapper.addModifiers(Modifier.PUBLIC);
    }
    client.typeVariables().forEach(variable -> wrapper.addTypeVariable(variable));
    wrapper.addSuperinterface(type);
    constants.addTo(wrapper);
    wrapper.addField(delegateType, "delegate", Modifier.PRIVATE, Modifier.FINAL);
    if (routes != null) {
      wrapper.addField(routes.field());
    }
    wrapper.addField(RuntimeNames.RETRY_RUNTIME, "runtime", Modifier.PRIVATE, Modifier.FINAL);
    addConstructors(wrapper);
    client.methods().forEach(method -> addMethod(wrapper, method));
    wrapper.addMethod(toStringMethod());
    return wrapper.build();
  }

  private void addConstructors(TypeSpec.Builder wrapper) {
    ParameterSpec delegate = ParameterSpec.builder(delegateType, "delegate").build();
    ParameterSpec runtime = ParameterSpec.builder(RuntimeNames.RETRY_RUNTIME, "runtime").build();
    wrapper.addMethod(
        MethodSpec.constructorBuilder()
            .addJavadoc("Wraps {@code delegate}, in the standard runtime.\n")
            .addModifiers(Modifier.PUBLIC)
            .addParameter(delegate)
            .addStatement("this(delegate, $T.standard())", RuntimeNames.RETRY_RUNTIME)
            .build());
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addJavadoc("Wraps {@code delegate}.\n")
            .addModifiers(Modifier.PUBLIC)
            .addParameter(delegate)
            .addParameter(runtime);
    if (routes == null) {
      constructor.addStatement(
          "this.delegate = $T.requireNonNull(delegate, $S)", Objects.class, "delegate");
      constructor.addStatement("this.runtime = $L", constants.runtime(CodeBlock.of("runtime")));
      wrapper.addMethod(constructor.build());
    } else {
      wrapper.addMethod(constructor.addStatement("this($L)", routes.ofDelegate()).build());
      wrapper.addMethod(routes.constructor(constants));
      wrapper.addMethod(routes.factory());
    }
  }

  private void addMethod(TypeSpec.Builder wrapper, ClientMethod method) {
    Policy retry = method.retry();
    MethodNames names =
        new MethodNames(
            method, retry == null ? null : constants.nameInScope(method), client.innerNames());
    MethodSpec.Builder spec =
        ForwardingClassWriter.signature(method.signature(), names.parameters());
    DelegateCaller caller =
        method.defaultOf() != null
            ? ownDefault(wrapper, spec, method, method.defaultOf(), names)
            : DelegateCaller.ofDelegate(method, names, routes != null);
    if (routes != null && RoutesWriter.isClose(method)) {
      spec.addCode(RoutesWriter.closeAll());
    } else if (retry == null || runsOnWrapper(method)) {
      spec.addCode(caller.unretried());
    } else {
      MethodBody body = new MethodBody(method, constants.of(method), names, caller);
      spec.addCode(MethodWriter.retrying(body));
    }
    wrapper.addMethod(spec.build());
  }

  /**
   * Returns whether a default method runs on the wrapper and is not retried as a whole, since the
   * calls that it makes are retried.
   */
  private boolean runsOnWrapper(ClientMethod method) {
    return routes != null && method.defaultOf() != null && method.annotations().fromType();
  }

  /**
   * An annotation on the type does not apply to a default method that runs on the wrapper: the
   * calls that it makes are retried.
   */
  private DelegateCaller ownDefault(
      TypeSpec.Builder wrapper,
      MethodSpec.Builder spec,
      ClientMethod method,
      TypeName defaultOf,
      MethodNames names) {
    if (routes != null) {
      return DelegateCaller.ofDefault(method, names, client.type());
    }
    if (method.retry() == null || method.annotations().fromType()) {
      OwnDefaultWriter writer = new OwnDefaultWriter(method, client.type(), defaultOf, names);
      spec.addCode(writer.onWrapper());
      return writer.onDelegate();
    }
    String name = methodNames.newName(method.name() + "Attempt");
    MethodNames inner = new MethodNames(method, null, client.innerNames());
    wrapper.addMethod(new OwnDefaultWriter(method, client.type(), defaultOf, inner).attempt(name));
    return new DelegateCaller(method, names, CodeBlock.of("this"), name, null);
  }

  private MethodSpec toStringMethod() {
    ClassName generated = client.generatedName();
    return MethodSpec.methodBuilder("toString")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(String.class)
        .addStatement("return $S + delegate + $S", generated.simpleName() + "[", "]")
        .build();
  }
}
