package dev.llmretry.runtime.internal.settings;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.internal.settings.Entry.Scope;
import dev.llmretry.runtime.internal.settings.Entry.Target;
import dev.llmretry.runtime.internal.settings.Entry.UnknownKeyException;
import dev.llmretry.runtime.internal.util.Log;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The settings of all methods. Immutable but for the names it has seen; thread-safe. */
public final class Entries {

  private final Map<Target, Entry> byTarget = new LinkedHashMap<>();

  /** The names by which the policies are known that the settings were applied to. */
  private final Map<String, String> knownMethods = new ConcurrentHashMap<>();

  /**
   * Reads properties.
   *
   * @param sources the properties of each source; a later source takes precedence
   * @throws InvalidSettingsException if a key is unknown or set twice in a source, or if a value is
   *     invalid; the message lists all problems. Unknown properties that may be foreign are logged
   */
  public Entries(List<? extends Collection<Property>> sources) {
    List<String> problems = new ArrayList<>();
    for (Collection<Property> source : sources) {
      Map<Target, Entry> read = new LinkedHashMap<>();
      for (Property property : source) {
        try {
          Entry entry = Entry.read(property);
          Entry other = read.put(entry.target(), entry);
          if (other != null) {
            problems.add(property + ": it is also set by " + other.property());
          }
        } catch (UnknownKeyException e) {
          report(property, e.problem(), problems);
        } catch (IllegalArgumentException e) {
          problems.add("LR001: " + property + ": " + e.getMessage());
        }
      }
      byTarget.putAll(read);
    }
    throwIfAny(problems);
  }

  private static void report(Property property, String problem, List<String> problems) {
    if (property.mayBeForeign()) {
      Log.warning(property + " is ignored: " + problem);
    } else {
      problems.add(property + ": " + problem);
    }
  }

  private static void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      String count = problems.size() == 1 ? "A setting is" : problems.size() + " settings are";
      throw new InvalidSettingsException(count + " invalid:\n  " + String.join("\n  ", problems));
    }
  }

  /**
   * {@return the policy that applies instead of another}
   *
   * @param compiled a policy
   * @throws InvalidSettingsException if the settings are invalid for this policy
   */
  public RetryPolicy apply(RetryPolicy compiled) {
    List<Entry> entries = entriesOf(compiled);
    if (entries.isEmpty()) {
      return compiled;
    }
    RetryPolicy.Builder builder = compiled.toBuilder();
    entries.forEach(entry -> entry.change().accept(builder));
    try {
      RetryPolicy changed = builder.build();
      requireCompiled(compiled, changed);
      return changed;
    } catch (IllegalArgumentException e) {
      List<String> set = entries.stream().map(entry -> entry.property().toString()).toList();
      throw new InvalidSettingsException(
          e.getMessage() + "\n  set by " + String.join("\n  set by ", set), e);
    }
  }

  /**
   * Checks that settings give a policy only what it was compiled for.
   *
   * @throws InvalidSettingsException if they add a time limit or hedges
   */
  public static void requireCompiled(RetryPolicy compiled, RetryPolicy changed) {
    if (changed.isTimed() && !compiled.isTimed()) {
      throw new InvalidSettingsException(
          compiled.name()
              + " was compiled without a time limit, so its code has no timer. Set deadlineMs or"
              + " attemptTimeoutMs in its annotation or policy; settings can change it then");
    }
    if (changed.hedgeAfter() != null && compiled.hedgeAfter() == null) {
      throw new InvalidSettingsException(
          compiled.name()
              + " was compiled without hedges, so nothing has checked that two attempts can be made"
              + " at once. Set hedgeAfterMs in its annotation or policy; settings can change it"
              + " then");
    }
  }

  /** Returns the entries for a policy, those that take precedence last. */
  private List<Entry> entriesOf(RetryPolicy policy) {
    String name = policy.name().replaceFirst("\\(.*", ""); // of overloads
    int dot = name.lastIndexOf('.');
    List<String> names = new ArrayList<>();
    if (dot > 0) {
      names.add(name.substring(0, dot));
    }
    names.add(policy.key().equals(policy.name()) ? name : policy.key());
    names.add(name);
    names.forEach(each -> knownMethods.put(Names.canonical(each), each));
    return Stream.of(
            of(Scope.ALL, ""),
            names.stream().distinct().flatMap(each -> of(Scope.METHODS, each)),
            of(Scope.SWITCH, "")
                .filter(entry -> !SettingText.bool(entry.property().value().trim())))
        .flatMap(each -> each)
        .toList();
  }

  private Stream<Entry> of(Scope scope, String method) {
    String name = Names.canonical(method);
    return byTarget.values().stream()
        .filter(entry -> entry.scope() == scope && entry.target().method().equals(name));
  }

  /**
   * Checks that all methods are known, after the settings were applied to their policies.
   *
   * @throws InvalidSettingsException if a method is unknown; unless the property may be foreign,
   *     which is logged
   */
  public void checkMethods() {
    List<String> problems = new ArrayList<>();
    for (Entry entry : byTarget.values()) {
      if (entry.scope() == Scope.METHODS && !knownMethods.containsKey(entry.target().method())) {
        String problem =
            "there is no retried method "
                + entry.method()
                + Names.suggestion(entry.method(), knownMethods.values());
        report(entry.property(), problem, problems);
      }
    }
    throwIfAny(problems);
  }

  @Override
  public String toString() {
    return byTarget.values().stream().map(Entry::property).toList().toString();
  }
}
