package dev.llmretry.runtime;

import dev.llmretry.runtime.internal.settings.Entries;
import dev.llmretry.runtime.internal.util.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The settings of runtimes that were built from one another, and the policies to which they apply.
 * Safe for use by several threads.
 */
final class SettingsState {

  /** Compared by identity; held weakly. */
  private final Set<RetryPolicy> known = Collections.newSetFromMap(new WeakHashMap<>());

  private volatile Version version;
  private boolean checked;

  SettingsState(RetrySettings settings) {
    version = new Version(settings);
  }

  /** Returns the policy that applies instead of one, which may itself be such a policy. */
  RetryPolicy effective(RetryPolicy policy) {
    RetryPolicy compiled = policy.compiledFor(this);
    RetryPolicy applied = compiled.variantFor(version);
    return applied == null ? apply(compiled) : applied;
  }

  private synchronized RetryPolicy apply(RetryPolicy compiled) {
    RetryPolicy applied = compiled.variantFor(version);
    if (applied == null) {
      applied = version.apply(compiled);
      known.add(compiled);
    }
    return applied;
  }

  synchronized List<RetryPolicy> policies() {
    List<RetryPolicy> policies = new ArrayList<>();
    for (RetryPolicy compiled : List.copyOf(known)) { // the settings may use further policies
      policies.add(effective(compiled));
    }
    policies.sort(Comparator.comparing(RetryPolicy::name));
    return List.copyOf(policies);
  }

  synchronized void check() {
    version.settings.checkMethods();
    checked = true;
  }

  synchronized void refresh(RetrySettings next) {
    var refreshed = new Version(next);
    try {
      for (RetryPolicy compiled : List.copyOf(known)) { // the settings may use further policies
        var unused = refreshed.apply(compiled);
      }
      if (checked) {
        next.checkMethods();
      }
    } catch (RuntimeException e) {
      Log.warning("The settings were not changed, since the new ones are invalid", e);
      throw e;
    }
    version = refreshed;
  }

  /** One version of the settings. Policies store what applies to them by its identity. */
  private final class Version {

    private final RetrySettings settings;

    Version(RetrySettings settings) {
      this.settings = settings;
    }

    RetryPolicy apply(RetryPolicy compiled) {
      RetryPolicy result;
      try {
        result = settings.apply(compiled);
      } catch (InvalidSettingsException e) {
        throw e;
      } catch (IllegalArgumentException e) { // of RetryPolicy.Builder
        throw new InvalidSettingsException(String.valueOf(e.getMessage()), e);
      }
      if (result == null || !result.isVariantOf(compiled)) {
        throw new InvalidSettingsException(
            settings + " must return a variant of " + compiled + ", made with toBuilder()");
      }
      Entries.requireCompiled(compiled, result);
      if (result != compiled) {
        result.setDerivedFrom(SettingsState.this, compiled);
      }
      compiled.addVariant(this, result);
      return result;
    }
  }
}
