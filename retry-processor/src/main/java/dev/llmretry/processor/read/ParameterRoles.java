package dev.llmretry.processor.read;

import dev.llmretry.processor.model.ParameterRole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import org.jspecify.annotations.Nullable;

/**
 * Determines how parameters affect retries: from {@link KnownTypes} where the type or a supertype
 * is listed, else from the methods of the type, else from what it contains.
 */
final class ParameterRoles {

  private final Supertypes supertypes;
  private final CallbackRule callbacks;
  private final ReadOnceRule readOnce;
  private final Contents contents;

  private final Map<TypeKey, Finding> known = new HashMap<>();
  private final Set<TypeKey> inProgress = new HashSet<>();

  ParameterRoles(Supertypes supertypes, InstanceMethods methods, Contents contents) {
    this.supertypes = supertypes;
    this.callbacks = new CallbackRule(supertypes, methods, this::isCallback, this::isReadOnce);
    this.readOnce = new ReadOnceRule(supertypes, methods, this::isReadOrWritten);
    this.contents = contents;
  }

  /**
   * The role of a type.
   *
   * @param content the type in it that has this role, if it is not the type itself
   */
  record Finding(ParameterRole role, @Nullable TypeMirror content) {

    static final Finding PLAIN = new Finding(ParameterRole.PLAIN, null);
  }

  /** Returns the role of a type. A type that contains itself is plain there. */
  Finding roleOf(TypeMirror type) {
    TypeKey key = TypeKey.of(type);
    Finding found = known.get(key);
    if (found == null && !key.isDeep() && inProgress.add(key)) {
      found = find(type);
      inProgress.remove(key);
      known.put(key, found);
    }
    return found == null ? Finding.PLAIN : found;
  }

  boolean isCallback(TypeMirror type) {
    return roleOf(type).role() == ParameterRole.CALLBACK;
  }

  private boolean isReadOnce(TypeMirror type) {
    return roleOf(type).role() == ParameterRole.ONE_SHOT;
  }

  private boolean isReadOrWritten(TypeMirror type) {
    return isReadOnce(type) || isCallback(type);
  }

  private Finding find(TypeMirror type) {
    return switch (type.getKind()) {
      case DECLARED -> declared((DeclaredType) type);
      case ARRAY -> content(type);
      case TYPEVAR -> first(supertypes.bounds((TypeVariable) type));
      case INTERSECTION -> first(((IntersectionType) type).getBounds());
      default -> Finding.PLAIN;
    };
  }

  private Finding declared(DeclaredType type) {
    ParameterRole listed = KnownTypes.roleOf(supertypes.names(type));
    if (listed != null) {
      return listed == ParameterRole.PLAIN ? content(type) : new Finding(listed, null);
    }
    if (readOnce.isReadOnce(type)) {
      return new Finding(ParameterRole.ONE_SHOT, null);
    }
    return callbacks.isCallback(type) ? new Finding(ParameterRole.CALLBACK, null) : content(type);
  }

  private Finding content(TypeMirror type) {
    for (TypeMirror part : contents.of(type)) {
      Finding found = roleOf(part);
      if (found.role() == ParameterRole.CALLBACK || found.role() == ParameterRole.ONE_SHOT) {
        return found.content() == null ? new Finding(found.role(), part) : found;
      }
    }
    return Finding.PLAIN;
  }

  private Finding first(List<? extends TypeMirror> types) {
    return types.stream()
        .map(this::roleOf)
        .filter(found -> found.role() != ParameterRole.PLAIN)
        .findFirst()
        .orElse(Finding.PLAIN);
  }
}
