package dev.llmretry.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.WildcardTypeName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.KindRule;
import dev.llmretry.processor.model.RetryingClient;
import dev.llmretry.processor.model.Routing;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Writes what a wrapper with several delegates has in addition: a field and a factory. */
final class RoutesWriter {

  private final RetryingClient client;
  private final Routing routing;
  private final TypeName delegateType;

  /**
   * Creates a writer.
   *
   * @param client an interface that is marked {@code @Routed}
   * @param delegateType the type of its delegates
   */
  RoutesWriter(RetryingClient client, TypeName delegateType) {
    this.client = client;
    this.routing = Objects.requireNonNull(client.routing(), "not routed");
    this.delegateType = delegateType;
  }

  private TypeName routesType() {
    return ParameterizedTypeName.get(RuntimeNames.ROUTES, delegateType);
  }

  FieldSpec field() {
    return FieldSpec.builder(routesType(), "routes", Modifier.PRIVATE, Modifier.FINAL).build();
  }

  /** Returns the expression for the only route of a wrapper with one delegate. */
  CodeBlock ofDelegate() {
    return CodeBlock.of(
        "$T.of(runtime, $T.of($S, delegate))", RuntimeNames.ROUTES, RuntimeNames.ROUTE, "only");
  }

  MethodSpec constructor(PolicyConstants constants) {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PRIVATE)
        .addParameter(routesType(), "routes")
        .addStatement("this.routes = routes")
        .addStatement("this.delegate = routes.first()")
        .addStatement("this.runtime = $L", constants.runtime(CodeBlock.of("routes.runtime()")))
        .build();
  }

  MethodSpec factory() {
    TypeName route =
        ParameterizedTypeName.get(RuntimeNames.ROUTE, WildcardTypeName.subtypeOf(delegateType));
    MethodSpec.Builder factory =
        MethodSpec.methodBuilder("routed")
            .addJavadoc("Wraps the delegates of several routes, in order of preference.\n")
            .addAnnotation(SafeVarargs.class)
            .addAnnotation(
                AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "varargs")
                    .build())
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(wrapper())
            .addParameter(RuntimeNames.RETRY_RUNTIME, "runtime")
            .addParameter(ArrayTypeName.of(route), "routes")
            .varargs();
    client.typeVariables().forEach(factory::addTypeVariable);
    CodeBlock routes =
        CodeBlock.of(
            "$T.of(runtime,$W$T.of($L),$W$T.of(routes))",
            RuntimeNames.ROUTES,
            Set.class,
            kinds(),
            List.class);
    String diamond = client.typeVariables().isEmpty() ? "" : "<>";
    factory.addStatement("return new $T$L($L)", client.generatedName(), diamond, routes);
    return factory.build();
  }

  private TypeName wrapper() {
    return client.typeVariables().isEmpty()
        ? client.generatedName()
        : ParameterizedTypeName.get(
            client.generatedName(), client.typeVariables().toArray(new TypeName[0]));
  }

  private CodeBlock kinds() {
    return routing.fallbackOnKinds().stream()
        .map(KindRule::name)
        .map(kind -> CodeBlock.of("$T.$L", RuntimeNames.FAILURE_KIND, kind))
        .collect(CodeBlock.joining(",$W"));
  }

  /** Returns whether a method closes the client. */
  static boolean isClose(ClientMethod method) {
    return method.name().equals("close")
        && method.annotations().own().isEmpty()
        && method.defaultOf() == null
        && method.parameters().isEmpty()
        && method.signature().returnType().equals(TypeName.VOID);
  }

  /** Returns the statement that closes all delegates. */
  static CodeBlock closeAll() {
    return CodeBlock.builder()
        .addStatement("$T.closeAll(routes, each -> each.close())", RuntimeNames.WRAPPER_RUNTIME)
        .build();
  }
}
