package dev.llmretry.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.ClientMethod;
import dev.llmretry.processor.model.Signature;
import javax.lang.model.element.Modifier;

/**
 * Writes calls of a default method that the type of the delegate lacks. It runs on the delegate if
 * the delegate implements that interface nevertheless, otherwise on the wrapper.
 */
final class OwnDefaultWriter {

  private final ClientMethod method;
  private final TypeName defaultOf;
  private final ClassName type;
  private final MethodNames names;
  private final String own;

  /**
   * Creates a writer.
   *
   * @param type the annotated interface
   * @param defaultOf the interface that has the method
   * @param names the names in the method that is written
   */
  OwnDefaultWriter(ClientMethod method, ClassName type, TypeName defaultOf, MethodNames names) {
    this.method = method;
    this.type = type;
    this.defaultOf = defaultOf;
    this.names = names;
    this.own = names.local("own");
  }

  /** Returns the statement that runs the method on the wrapper unless the delegate has it. */
  CodeBlock onWrapper() {
    Signature signature = method.signature();
    CodeBlock.Builder code = CodeBlock.builder();
    code.beginControlFlow("if (!($L instanceof $T $L))", names.field("delegate"), defaultOf, own);
    String arguments = String.join(", ", names.parameters());
    if (signature.returnType().equals(TypeName.VOID)) {
      code.addStatement("$T.super.$L($L)", type, method.name(), arguments);
      code.addStatement("return");
    } else {
      code.addStatement("return $T.super.$L($L)", type, method.name(), arguments);
    }
    return code.endControlFlow().build();
  }

  /** Returns what calls the delegate, in the code after {@link #onWrapper}. */
  DelegateCaller onDelegate() {
    return new DelegateCaller(method, names, CodeBlock.of("$L", own), method.name(), null);
  }

  /** Returns a method that makes one attempt, on either of them. */
  MethodSpec attempt(String name) {
    Signature signature = method.signature();
    return ForwardingClassWriter.declaration(name, signature, names.parameters())
        .addModifiers(Modifier.PRIVATE)
        .addCode(onWrapper())
        .addCode(onDelegate().unretried())
        .build();
  }
}
