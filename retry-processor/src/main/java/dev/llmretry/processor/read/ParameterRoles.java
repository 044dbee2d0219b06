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

  /** Roles that follow from the type alone. */
  private final Map<TypeKey, Finding> known = new HashMap<>();

  /** Roles of the types from which a search began. */
  private final Map<TypeKey, Finding> searched = new HashMap<>();

  /** Roles found in the present search that depend on where it began. */
  private final Map<TypeKey, Finding> provisional = new HashMap<>();

  /** The types between that one and the present one, both included. */
  private final Set<TypeKey> inProgress = new HashSet<>();

  /** How often a search has met a type in progress, or one whose role is provisional. */
  private int cycles;

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

  /**
   * Returns the role of a type. A type that contains itself is plain there. The roles of the types
   * in between then depend on where the search began, and are not used in other searches: the role
   * of a type must not depend on what was read before.
   */
  Finding roleOf(TypeMirror type) {
    TypeKey key = TypeKey.of(type);
    Finding found = known.get(key);
    if (found != null) {
      return found;
    }
    if (inProgress.isEmpty()) {
      found = searched.get(key);
      if (found == null) {
        found = search(type, key);
        searched.put(key, found);
        provisional.clear();
      }
      return found;
    }
    found = inProgress.contains(key) ? Finding.PLAIN : provisional.get(key);
    if (found != null) {
      cycles++;
      return found;
    }
    return search(type, key);
  }

  private Finding search(TypeMirror type, TypeKey key) {
    if (key.isDeep()) {
      return Finding.PLAIN;
    }
    int before = cycles;
    inProgress.add(key);
    Finding found = find(type);
    inProgress.remove(key);
    (cycles == before ? known : provisional).put(key, found);
    return found;
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
