package dev.llmretry.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.RetryingClient;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Writes the retrying wrapper of an interface. */
public final class ClientWriter {

  private static final String PROCESSOR = "dev.llmretry.processor.LlmRetryProcessor";

  private final RetryingClient client;
  private final TypeName type;
  private final Set<String> constants = new HashSet<>();

  private ClientWriter(RetryingClient client) {
    this.client = client;
    this.type =
        client.typeVariables().isEmpty()
            ? client.type()
            : ParameterizedTypeName.get(
                client.type(), client.typeVariables().toArray(new TypeName[0]));
  }

  /**
   * Returns the source file of the wrapper. The same client always yields the same text.
   *
   * @param origin the element for which it is generated
   */
  public static JavaFile write(RetryingClient client, Element origin) {
    TypeSpec wrapper = new ClientWriter(client).wrapper(origin);
    return JavaFile.builder(client.type().packageName(), wrapper).skipJavaLangImports(true).build();
  }

  private TypeSpec wrapper(Element origin) {
    TypeSpec.Builder wrapper = TypeSpec.classBuilder(client.generatedName());
    wrapper.addOriginatingElement(origin);
    wrapper.alwaysQualify(client.reservedNames().toArray(new String[0]));
    wrapper.addJavadoc(javadoc());
    addAnnotations(wrapper);
    if (client.isPublic()) {
      wrapper.addModifiers(Modifier.PUBLIC);
    }
    wrapper.addModifiers(Modifier.FINAL);
    client.typeVariables().forEach(variable -> wrapper.addTypeVariable(variable));
    wrapper.addSuperinterface(type);
    wrapper.addField(type, "delegate", Modifier.PRIVATE, Modifier.FINAL);
    wrapper.addField(RuntimeNames.RETRY_RUNTIME, "runtime", Modifier.PRIVATE, Modifier.FINAL);
    addConstructors(wrapper);
    client.methods().forEach(method -> addMethod(wrapper, method));
    wrapper.addMethod(toStringMethod());
    return wrapper.build();
  }

  private CodeBlock javadoc() {
    CodeBlock.Builder text = CodeBlock.builder();
    text.add("Retries {@link $T}.\n\n<ul>\n", client.type());
    for (ClientMethod method : client.methods()) {
      Policy retry = method.retry();
      if (retry != null) {
        String until = method.elements() == null ? "" : ", until the first element has arrived";
        text.add("  <li>{@code $L}: $L$L.\n", method.name(), Summary.of(retry), until);
      }
    }
    return text.add("</ul>\n").build();
  }

  private void addAnnotations(TypeSpec.Builder wrapper) {
    client.annotations().forEach(annotation -> wrapper.addAnnotation(annotation));
    if (client.hasGenerated()) {
      wrapper.addAnnotation(
          AnnotationSpec.builder(RuntimeNames.GENERATED)
              .addMember("value", "$S", PROCESSOR)
              .build());
    }
    wrapper.addAnnotation(RuntimeNames.MARKER);
    if (!client.lints().isEmpty()) {
      // The Eclipse compiler reports tokens that it does not know unless "all" comes first.
      CodeBlock tokens =
          Stream.concat(Stream.of("all"), client.lints().stream().sorted())
              .map(token -> CodeBlock.of("$S", token))
              .collect(CodeBlock.joining(", ", "{", "}"));
      wrapper.addAnnotation(
          AnnotationSpec.builder(SuppressWarnings.class).addMember("value", tokens).build());
    }
  }

  private void addConstructors(TypeSpec.Builder wrapper) {
    ParameterSpec delegate = ParameterSpec.builder(type, "delegate").build();
    ParameterSpec runtime = ParameterSpec.builder(RuntimeNames.RETRY_RUNTIME, "runtime").build();
    wrapper.addMethod(
        MethodSpec.constructorBuilder()
            .addJavadoc("Wraps {@code delegate}, in the standard runtime.\n")
            .addModifiers(Modifier.PUBLIC)
            .addParameter(delegate)
            .addStatement("this(delegate, $T.standard())", RuntimeNames.RETRY_RUNTIME)
            .build());
    wrapper.addMethod(
        MethodSpec.constructorBuilder()
            .addJavadoc("Wraps {@code delegate}.\n")
            .addModifiers(Modifier.PUBLIC)
            .addParameter(delegate)
            .addParameter(runtime)
            .addStatement(
                "this.delegate = $T.requireNonNull(delegate, $S)", Objects.class, "delegate")
            .addStatement("this.runtime = $T.requireNonNull(runtime, $S)", Objects.class, "runtime")
            .build());
  }

  private void addMethod(TypeSpec.Builder wrapper, ClientMethod method) {
    Policy retry = method.retry();
    String constant = retry == null ? null : constantName(method.name());
    MethodNames names = new MethodNames(method, constant, client.innerNames());
    MethodSpec.Builder spec = AdapterWriter.signature(method.signature(), names.parameters());
    if (retry == null || constant == null) {
      spec.addCode(MethodWriter.delegating(method, names));
    } else {
      String fullName = client.type().canonicalName() + "." + method.name();
      wrapper.addField(PolicyWriter.constant(constant, fullName, retry));
      spec.addCode(MethodWriter.retrying(method, constant, names));
    }
    wrapper.addMethod(spec.build());
  }

  /**
   * Returns {@code COMPLETE_CHAT} for {@code completeChat}, {@code COMPLETE_CHAT_2} for the next.
   */
  private String constantName(String methodName) {
    String base = methodName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    String name = base;
    for (int i = 2; !constants.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
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
