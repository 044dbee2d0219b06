package dev.llmretry.processor.read;

import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.List;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Tells from its methods whether a type is read from a position that advances: it fills buffers,
 * iterates, or returns tokens.
 */
final class ReadOnceRule {

  private final Supertypes supertypes;
  private final InstanceMethods methods;

  ReadOnceRule(Supertypes supertypes, InstanceMethods methods) {
    this.supertypes = supertypes;
    this.methods = methods;
  }

  boolean isReadOnce(DeclaredType type) {
    List<InstanceMethod> all = methods.of(type);
    return all.stream().anyMatch(this::fillsBuffer)
        || has(all, "nextToken")
        || (has(all, "next") && has(all, "hasNext"));
  }

  private static boolean has(List<InstanceMethod> methods, String name) {
    return methods.stream()
        .anyMatch(method -> method.parameters().isEmpty() && method.name().equals(name));
  }

  private boolean fillsBuffer(InstanceMethod method) {
    return method.name().equals("read")
        && !method.parameters().isEmpty()
        && isBuffer(method.parameters().get(0));
  }

  private boolean isBuffer(TypeMirror type) {
    return type.getKind() == TypeKind.ARRAY || supertypes.names(type).contains("java.nio.Buffer");
  }
}
