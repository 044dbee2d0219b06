package dev.llmretry.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Policy;
import dev.llmretry.processor.model.RetryingClient;
import java.util.stream.Stream;

/** Writes what all generated classes have in common. */
final class GeneratedType {

  private static final String PROCESSOR = "dev.llmretry.processor.LlmRetryProcessor";

  private GeneratedType() {}

  /** Returns the builder of a class. */
  static TypeSpec.Builder begin(RetryingClient client, CodeBlock summary) {
    TypeSpec.Builder generated = TypeSpec.classBuilder(client.generatedName());
    generated.alwaysQualify(client.reservedNames().toArray(new String[0]));
    generated.addJavadoc(javadoc(client, summary));
    addAnnotations(client, generated);
    return generated;
  }

  /** Returns the text of the source file. */
  static String text(RetryingClient client, TypeSpec generated) {
    return JavaFile.builder(client.type().packageName(), generated)
        .skipJavaLangImports(true)
        .build()
        .toString();
  }

  private static CodeBlock javadoc(RetryingClient client, CodeBlock summary) {
    CodeBlock.Builder text = CodeBlock.builder();
    text.add("$L\n\n<ul>\n", summary);
    for (ClientMethod method : client.methods()) {
      Policy retry = method.retry();
      if (retry != null) {
        String until = method.elements() == null ? "" : ", until the first element has arrived";
        text.add("  <li>{@code $L}: $L$L.\n", method.name(), PolicyDescription.of(retry), until);
      }
    }
    return text.add("</ul>\n").build();
  }

  private static void addAnnotations(RetryingClient client, TypeSpec.Builder generated) {
    client.annotations().forEach(annotation -> generated.addAnnotation(annotation));
    if (client.generatedVisible()) {
      generated.addAnnotation(
          AnnotationSpec.builder(RuntimeNames.GENERATED)
              .addMember("value", "$S", PROCESSOR)
              .build());
    }
    generated.addAnnotation(RuntimeNames.MARKER);
    if (!client.lints().isEmpty()) {
      // The Eclipse compiler reports tokens that it does not know unless "all" comes first.
      CodeBlock tokens =
          Stream.concat(Stream.of("all"), client.lints().stream().sorted())
              .map(token -> CodeBlock.of("$S", token))
              .collect(CodeBlock.joining(", ", "{", "}"));
      generated.addAnnotation(
          AnnotationSpec.builder(SuppressWarnings.class).addMember("value", tokens).build());
    }
  }
}
