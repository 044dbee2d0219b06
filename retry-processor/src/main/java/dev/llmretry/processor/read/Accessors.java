package dev.llmretry.processor.read;

import static javax.lang.model.util.ElementFilter.methodsIn;

import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.read.Members.Member;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Recognises methods that make no request: they return the configuration of a client, a part of the
 * client, or a copy of it.
 */
final class Accessors {

  private final ReaderContext context;

  Accessors(ReaderContext context) {
    this.context = context;
  }

  /**
   * Returns whether a method is an accessor, and a type does not declare it itself. Whoever writes
   * a method next to an annotation of the type knows what it covers.
   */
  boolean isInherited(Member member, Element type) {
    return member.all().stream().noneMatch(declaration -> declaration.owner().equals(type))
        && isAccessor(member);
  }

  private boolean isAccessor(Member member) {
    TypeMirror returned = member.returnType(context.types());
    return isCopying(member, returned) || isReading(member, returned);
  }

  /** Returns whether a method returns the client, or a copy of it, with other settings. */
  private boolean isCopying(Member member, TypeMirror returned) {
    return returned instanceof DeclaredType declared
        && declared.asElement().getKind().isInterface()
        && context
            .types()
            .isSubtype(
                context.types().erasure(context.type().asType()), context.types().erasure(returned))
        && ConfigurationNames.isCopying(member.name());
  }

  private boolean isReading(Member member, TypeMirror returned) {
    return member.main().method().getParameters().isEmpty()
        && returned.getKind() != TypeKind.VOID
        && context.classifier().familyOf(returned) == ReturnFamily.VALUE
        && context.supertypes().checked(member.thrown(context.types())).isEmpty()
        && (ConfigurationNames.isAccessor(member.name())
            || isConfiguration(returned)
            || isClient(returned));
  }

  private boolean isConfiguration(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> isConfiguration(((ArrayType) type).getComponentType());
      case DECLARED -> {
        DeclaredType declared = (DeclaredType) type;
        yield ConfigurationNames.isType(declared.asElement().getSimpleName().toString())
            || declared.getTypeArguments().stream().anyMatch(this::isConfiguration);
      }
      default -> false;
    };
  }

  /**
   * Returns whether a type is an interface of a library with methods that take arguments. An answer
   * has none; a connection, which has them too, can be closed.
   */
  private boolean isClient(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && element.getKind().isInterface()
        && context.supertypes().interfaces(type).stream().noneMatch(Accessors::isOfTheJdk)
        && context.supertypes().interfaces(type).stream()
            .flatMap(each -> methodsIn(each.asElement().getEnclosedElements()).stream())
            .anyMatch(
                method ->
                    !method.getParameters().isEmpty()
                        && Stream.of(Modifier.STATIC, Modifier.PRIVATE)
                            .noneMatch(method.getModifiers()::contains));
  }

  private static boolean isOfTheJdk(DeclaredType type) {
    return ((TypeElement) type.asElement()).getQualifiedName().toString().startsWith("java.");
  }
}
