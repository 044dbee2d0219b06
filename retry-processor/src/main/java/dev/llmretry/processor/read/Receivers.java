package dev.llmretry.processor.read;

import com.palantir.javapoet.TypeName;
import dev.llmretry.processor.model.Receiver;
import dev.llmretry.processor.read.Members.Declaration;
import dev.llmretry.processor.read.Members.Member;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type on which to call a method, where an object's own type has several declarations of
 * it that differ by erasure. One method implements them all, but a call is one of one declaration:
 * the compiler takes the most specific, whatever it returns and throws, or finds none.
 */
final class Receivers {

  private final ReaderContext context;
  private final Types types;

  Receivers(ReaderContext context) {
    this.context = context;
    this.types = context.types();
  }

  /**
   * Returns how to call a method.
   *
   * @param type the type of the object
   */
  Receiver of(Member member, DeclaredType type) {
    if (isOneSignature(member)) {
      return Receiver.ITSELF;
    }
    TypeElement itself = (TypeElement) type.asElement();
    List<DeclaredType> candidates =
        context.supertypes().interfaces(type).stream()
            .filter(candidate -> isCallable(member, candidate))
            .toList();
    for (DeclaredType candidate : candidates) {
      Member called = memberOf(candidate, member);
      if (called != null && returnsWhatIsWanted(called, member)) {
        return new Receiver(castTo(candidate, itself), false);
      }
    }
    boolean isUncaught =
        member.unrelated(types).stream()
            .anyMatch(each -> !throwsNoMore(each.type().getThrownTypes(), member));
    if (candidates.isEmpty() && isUncaught) {
      context.notes().noteInaccessible("a declaration that throws only what all others permit");
    }
    boolean isResultCast = !returnsWhatIsWanted(member, member);
    if (isResultCast) {
      context.notes().noteCast();
    }
    return new Receiver(
        candidates.isEmpty() ? null : castTo(candidates.get(0), itself), isResultCast);
  }

  private @Nullable TypeName castTo(DeclaredType type, TypeElement itself) {
    return type.asElement().equals(itself) ? null : context.names().get(type);
  }

  /** Returns whether all declarations that a call may refer to have the same parameters. */
  private boolean isOneSignature(Member member) {
    return member.all().stream().noneMatch(each -> member.main().isErasureOf(each, types));
  }

  /**
   * Returns a method as the member of an interface, if a call on that can refer to one signature
   * only: compilers may choose what is overridden, unless it is there that it is overridden.
   */
  private @Nullable Member memberOf(DeclaredType type, Member member) {
    if (!context.accessibility().isAccessible((TypeElement) type.asElement())) {
      return null;
    }
    Set<ExecutableElement> methods =
        member.all().stream().map(Declaration::method).collect(Collectors.toSet());
    List<Member> found =
        Members.of(types, context.supertypes().interfaces(type)).stream()
            .filter(
                each -> each.all().stream().map(Declaration::method).anyMatch(methods::contains))
            .toList();
    return found.size() == 1
            && (found.get(0).main().owner().equals(type.asElement())
                || isOneSignature(found.get(0)))
        ? found.get(0)
        : null;
  }

  private boolean isCallable(Member member, DeclaredType type) {
    Member called = memberOf(type, member);
    return called != null && throwsNoMore(called.thrown(types), member);
  }

  private boolean throwsNoMore(List<? extends TypeMirror> all, Member member) {
    List<TypeMirror> permitted = member.thrown(types);
    return all.stream()
        .filter(thrown -> !context.supertypes().checked(List.of(thrown)).isEmpty())
        .map(types::erasure)
        .allMatch(
            thrown ->
                permitted.stream().anyMatch(each -> types.isSubtype(thrown, types.erasure(each))));
  }

  /**
   * The Eclipse compiler may choose a declaration that the raw one of a subinterface overrides, so
   * that all have to return it.
   */
  private boolean returnsWhatIsWanted(Member called, Member member) {
    TypeMirror wanted = types.erasure(member.returnType(types));
    return wanted.getKind().isPrimitive()
        || wanted.getKind() == TypeKind.VOID
        || called.all().stream()
            .map(each -> types.erasure(each.type().getReturnType()))
            .allMatch(returned -> types.isSubtype(returned, wanted));
  }
}
