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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The settings of all methods. Immutable but for the names it has seen; thread-safe. */
public final class Entries {

  /** In the order of precedence, the highest last. */
  private final List<Entry> entries = new ArrayList<>();

  /** The names by which the policies are known that the settings were applied to. */
  private final Set<String> knownMethods = ConcurrentHashMap.newKeySet();

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
      entries.removeIf(entry -> read.containsKey(entry.target()));
      entries.addAll(read.values());
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
    List<Entry> applied = entriesOf(compiled);
    if (applied.isEmpty()) {
      return compiled;
    }
    RetryPolicy.Builder builder = compiled.toBuilder();
    applied.forEach(entry -> entry.change().accept(builder));
    try {
      RetryPolicy changed = builder.build();
      requireCompiled(compiled, changed);
      return changed;
    } catch (IllegalArgumentException e) {
      List<String> set = applied.stream().map(entry -> entry.property().toString()).toList();
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
    knownMethods.addAll(names);
    return Stream.of(
            of(Scope.ALL, ""),
            names.stream().distinct().flatMap(each -> of(Scope.METHODS, each)),
            of(Scope.SWITCH, "")
                .filter(entry -> !SettingText.bool(entry.property().value().trim())))
        .flatMap(each -> each)
        .toList();
  }

  private Stream<Entry> of(Scope scope, String method) {
    return entries.stream().filter(entry -> entry.scope() == scope && entry.isFor(method));
  }

  /**
   * Checks that all methods are known, after the settings were applied to their policies.
   *
   * @throws InvalidSettingsException if a method is unknown; unless the property may be foreign,
   *     which is logged
   */
  public void checkMethods() {
    List<String> problems = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.scope() == Scope.METHODS && knownMethods.stream().noneMatch(entry::isFor)) {
        String problem =
            "there is no retried method "
                + entry.method()
                + Names.suggestion(entry.method(), knownMethods);
        report(entry.property(), problem, problems);
      }
    }
    throwIfAny(problems);
  }

  @Override
  public String toString() {
    return entries.stream().map(Entry::property).toList().toString();
  }
}
