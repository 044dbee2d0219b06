package dev.llmretry.runtime.internal.settings;

import dev.llmretry.runtime.RetryPolicy;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a property sets.
 *
 * @param property the property
 * @param scope which methods it applies to
 * @param method the name of the method, or of several, as written; empty for all
 * @param setting the setting
 * @param change makes a policy have the value
 */
record Entry(
    Property property,
    Scope scope,
    String method,
    SettingKey setting,
    Consumer<RetryPolicy.Builder> change) {

  /** Which methods an entry applies to. */
  enum Scope {
    /** All; takes precedence. */
    SWITCH,
    /** All, unless there is another entry for a method. */
    ALL,
    /** The methods of one name. */
    METHODS
  }

  /** What an entry sets, and for which methods. Two properties must not have the same target. */
  record Target(Scope scope, String method, SettingKey setting) {}

  Target target() {
    return new Target(scope, canonical(method), setting);
  }

  /** Returns whether this entry is for the method, or the methods, with a name. */
  boolean isFor(String name) {
    return canonical(method).equals(canonical(name));
  }

  /** Ignores dots in the name of a variable, where underscores stand for both dots and dashes. */
  private String canonical(String name) {
    return property.isVariable() ? Names.canonical(name) : Names.canonicalPath(name);
  }

  /**
   * Reads a property.
   *
   * @throws UnknownKeyException if its key is unknown
   * @throws IllegalArgumentException if its value is invalid
   */
  static Entry read(Property property) {
    String path = property.path();
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    String rest = dot < 0 ? "" : path.substring(dot + 1);
    return switch (Names.canonical(first)) {
      case "enabled" -> read(property, Scope.SWITCH, "", path);
      case "all" -> read(property, Scope.ALL, "", rest);
      case "methods" -> readMethod(property, rest);
      default ->
          throw new UnknownKeyException(
              "there is no setting "
                  + first
                  + Names.suggestion(first, List.of("enabled", "all", "methods")));
    };
  }

  private static Entry readMethod(Property property, String rest) {
    int dot = dotBeforeSetting(rest, property.isVariable());
    if (dot <= 0) {
      throw new UnknownKeyException("it must be llmretry.methods.<method>.<setting>");
    }
    return read(property, Scope.METHODS, rest.substring(0, dot), rest.substring(dot + 1));
  }

  /** The words of a variable's setting look like parts of the path: the longest name counts. */
  private static int dotBeforeSetting(String path, boolean isVariable) {
    int last = path.lastIndexOf('.');
    int dot = isVariable ? path.indexOf('.') : last;
    while (dot < last && SettingKey.find(path.substring(dot + 1)) == null) {
      dot = path.indexOf('.', dot + 1);
    }
    return dot;
  }

  private static Entry read(Property property, Scope scope, String method, String name) {
    if (name.isEmpty()) {
      throw new UnknownKeyException("it names no setting");
    }
    SettingKey setting = SettingKey.find(name);
    if (setting == null) {
      throw new UnknownKeyException(SettingKey.unknown(name));
    }
    return new Entry(property, scope, method, setting, setting.read(name, property.value().trim()));
  }

  /** The key of a property is unknown. */
  static final class UnknownKeyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String problem;

    UnknownKeyException(String problem) {
      super(problem);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }
}
