package dev.llmretry.processor.read;

import dev.llmretry.processor.read.InstanceMethods.InstanceMethod;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;

/**
 * Tells from its methods whether an object is passed to be configured, as a builder is, rather than
 * to be read.
 */
final class ConfigurationRule {

  private static final Pattern BUILD = Pattern.compile("build(?:[A-Z]\\w*)?");

  /** Names of types that have as many getters as setters. */
  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "\\w*(?:Builder|Config|Configuration|Configurer|Customizer|Dsl|Headers|Options|Properties"
              + "|Registry|Scope|Settings|Spec)");

  private static final String ACCESSOR = "^(?:add|clear|get|has|is|put|remove|set|with)(?=[A-Z])";

  /** What the methods that add to a list or a map append to its name. */
  private static final String SUFFIX = "s?(?:Items?|Entry|Entries)?$";

  private final Supertypes supertypes;
  private final InstanceMethods methods;

  ConfigurationRule(Supertypes supertypes, InstanceMethods methods) {
    this.supertypes = supertypes;
    this.methods = methods;
  }

  /** Returns whether a method that receives such an argument configures it. */
  boolean isConfigured(TypeMirror type) {
    if (type.getKind() == TypeKind.TYPEVAR) {
      return supertypes.bounds((TypeVariable) type).stream().anyMatch(this::isConfigured);
    }
    return isMutable(type) && isWritten((DeclaredType) type, true);
  }

  /**
   * Returns whether a type is a builder: most of its methods return it again, and not because
   * elements can be passed to it one after the other.
   */
  boolean isBuilder(TypeMirror type) {
    return isMutable(type) && isWritten((DeclaredType) type, false);
  }

  /** The JDK has no type that is passed to a callback for configuration only. */
  private static boolean isMutable(TypeMirror type) {
    return type.getKind() == TypeKind.DECLARED
        && !type.toString().startsWith("java.")
        && ((DeclaredType) type).asElement().getKind() != ElementKind.RECORD
        && ((DeclaredType) type).asElement().getKind() != ElementKind.ENUM;
  }

  private boolean isWritten(DeclaredType type, boolean countsElements) {
    List<InstanceMethod> all = methods.of(type);
    if (all.stream().anyMatch(ConfigurationRule::builds)) {
      return true;
    }
    Set<String> read = properties(all.stream().filter(method -> reads(method, type)));
    Set<String> written =
        properties(all.stream().filter(method -> writes(method, type, countsElements)));
    return written.size() > read.size()
        || (CONFIGURATION.matcher(type.asElement().getSimpleName()).matches()
            && all.stream().anyMatch(method -> writes(method, type, true)));
  }

  /** Data has getters, and may have several methods to set a property. */
  private static Set<String> properties(Stream<InstanceMethod> accessors) {
    return accessors
        .map(method -> method.name().replaceAll(ACCESSOR, "").replaceAll(SUFFIX, ""))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static boolean builds(InstanceMethod method) {
    return method.parameters().isEmpty()
        && method.result().getKind() != TypeKind.VOID
        && BUILD.matcher(method.name()).matches();
  }

  private boolean writes(InstanceMethod method, DeclaredType type, boolean countsElements) {
    return method.result().getKind() == TypeKind.VOID
        ? countsElements && !method.parameters().isEmpty()
        : methods.isItself(method.result(), type)
            && (countsElements || !CallbackRule.isNameOfPassing(method));
  }

  private boolean reads(InstanceMethod method, DeclaredType type) {
    return method.parameters().isEmpty()
        && method.result().getKind() != TypeKind.VOID
        && !methods.isItself(method.result(), type);
  }
}
