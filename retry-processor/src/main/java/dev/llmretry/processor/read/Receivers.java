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
 * Finds the type to which the delegate has to be cast for the call of a method, if the delegate's
 * type inherits several declarations of it, of which some have erased parameters:
 *
 * <pre>{@code
 * interface One { Query run(Update update) throws IOException; } // raw
 * interface Other { Query run(Update<?> update); }
 * interface Client extends One, Other {}
 * }</pre>
 *
 * <p>One method implements both declarations. But a call refers to one of them: the compiler takes
 * the most specific one, regardless of what it returns and throws, or reports that the call is
 * ambiguous. So the call is made on {@code Other}, which throws nothing.
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
   * Returns a method as the member of an interface, if a call on that interface can refer to one
   * signature only. If the interface inherits a declaration and one that overrides it, compilers
   * may choose either; if the interface overrides it itself, they choose its own.
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
   * Returns whether each declaration that a call may refer to has a suitable result. With {@code
   * Base { Query run(Update<?> u); }} and {@code One extends Base { Narrow run(Update u); }}, the
   * Eclipse compiler may choose the one of {@code Base} for a call on {@code One}.
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
