package dev.llmretry.processor.read;

import dev.llmretry.processor.model.ReturnFamily;
import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/**
 * Finds results that look like values, and whose work is done after the method has returned: tasks
 * such as a {@code Supplier}, objects to start or to subscribe to, and what contains a future, a
 * publisher or a stream.
 */
final class LazyResults {

  private static final Set<String> LAZY = Set.of("kotlin.Lazy", "kotlin.sequences.Sequence");

  private static final Set<String> STARTS = Set.of("execute", "run", "send", "start", "subscribe");

  private static final Set<String> STATES =
      Set.of("isComplete", "isCompleted", "isDone", "isFinished");

  private static final Set<String> WAITS = Set.of("await", "join", "sync", "waitFor");

  private static final Set<String> SUBSCRIPTIONS = Set.of("collect", "enqueue", "subscribe");

  /** Their methods that take a function apply it at once. */
  private static final Set<String> CONTAINERS =
      Set.of("java.lang.Iterable", "java.util.Collection", "java.util.Map", "java.util.Optional");

  private final Supertypes supertypes;
  private final InstanceMethods methods;
  private final Contents contents;
  private final Function<TypeMirror, ReturnFamily> families;
  private final Predicate<TypeMirror> callbacks;
  private final Map<TypeKey, Optional<TypeMirror>> known = new HashMap<>();

  LazyResults(
      Supertypes supertypes,
      InstanceMethods methods,
      Contents contents,
      Function<TypeMirror, ReturnFamily> families,
      Predicate<TypeMirror> callbacks) {
    this.supertypes = supertypes;
    this.methods = methods;
    this.contents = contents;
    this.families = families;
    this.callbacks = callbacks;
  }

  /** Returns what is lazy in a result: its type, or one that it contains; null if nothing is. */
  @Nullable TypeMirror find(TypeMirror type) {
    TypeKey key = TypeKey.of(type);
    Optional<TypeMirror> found = known.get(key);
    if (found == null) {
      found = Optional.ofNullable(part(type, new HashSet<>()));
      known.put(key, found);
    }
    return found.orElse(null);
  }

  /** Returns what is lazy in the elements of a future, publisher or stream; null if nothing is. */
  @Nullable TypeMirror findInElements(TypeMirror type) {
    if (type.getKind() == TypeKind.DECLARED) {
      for (TypeMirror argument : methods.withoutWildcards((DeclaredType) type).getTypeArguments()) {
        TypeMirror found = isAsync(argument) ? argument : find(argument);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable TypeMirror part(TypeMirror type, Set<TypeKey> seen) {
    if (type.getKind() == TypeKind.TYPEVAR) {
      return first(supertypes.bounds((TypeVariable) type), seen);
    }
    if (type.getKind() == TypeKind.INTERSECTION) {
      return first(((IntersectionType) type).getBounds(), seen);
    }
    return isLazy(type) ? type : content(type, seen);
  }

  private @Nullable TypeMirror first(List<? extends TypeMirror> types, Set<TypeKey> seen) {
    return types.stream()
        .map(type -> part(type, seen))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable TypeMirror content(TypeMirror type, Set<TypeKey> seen) {
    TypeKey key = TypeKey.of(type);
    if (!key.isDeep() && seen.add(key)) {
      for (TypeMirror part : contents.of(type)) {
        TypeMirror found = isAsync(part) ? part : part(part, seen);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** An {@code Iterable} inside of another type may well be a collection. */
  private boolean isAsync(TypeMirror type) {
    return families.apply(type) != ReturnFamily.VALUE
        && !supertypes.names(type).iterator().next().equals("java.lang.Iterable");
  }

  private boolean isLazy(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && (supertypes.names(type).stream().anyMatch(LAZY::contains)
            || methods.isTask(type)
            || startsLater((DeclaredType) type)
            || isPending((DeclaredType) type));
  }

  /** As LangChain4j's {@code TokenStream} does, once its callbacks are registered. */
  private boolean startsLater(DeclaredType type) {
    List<InstanceMethod> all = methods.of(type);
    return all.stream().anyMatch(this::subscribes)
        || (all.stream().anyMatch(method -> registers(method, type))
            && all.stream().anyMatch(LazyResults::starts));
  }

  /** Such as a promise, which can be asked whether it is done, and waited for. */
  private boolean isPending(DeclaredType type) {
    List<InstanceMethod> all = methods.of(type);
    return all.stream().anyMatch(LazyResults::isState)
        && all.stream().anyMatch(method -> waits(method) || takesCallback(method));
  }

  private static boolean isState(InstanceMethod method) {
    return method.parameters().isEmpty()
        && method.result().getKind() == TypeKind.BOOLEAN
        && STATES.contains(method.name());
  }

  private static boolean waits(InstanceMethod method) {
    return method.parameters().isEmpty()
        && (WAITS.contains(method.name())
            || method.element().getThrownTypes().stream()
                .anyMatch(thrown -> thrown.toString().equals("java.lang.InterruptedException")));
  }

  private boolean subscribes(InstanceMethod method) {
    return SUBSCRIPTIONS.contains(method.name()) && takesCallback(method);
  }

  private boolean registers(InstanceMethod method, DeclaredType type) {
    return takesCallback(method) && methods.isItself(method.result(), type);
  }

  private boolean takesCallback(InstanceMethod method) {
    return !(method.element().getEnclosingElement() instanceof TypeElement declaring
            && CONTAINERS.contains(declaring.getQualifiedName().toString()))
        && method.parameters().stream().anyMatch(callbacks);
  }

  private static boolean starts(InstanceMethod method) {
    return method.parameters().isEmpty()
        && method.result().getKind() == TypeKind.VOID
        && STARTS.contains(method.name());
  }
}
