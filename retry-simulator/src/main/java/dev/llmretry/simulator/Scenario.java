package dev.llmretry.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is simulated: a provider and the calls that it receives.
 *
 * @param name a short name, such as {@code s1}
 * @param description a sentence or two
 * @param provider the provider; the preferred one if there are others
 * @param fallbacks other providers, in order of preference, which only {@link Strategy#routed()}
 *     uses
 * @param load the calls
 */
public record Scenario(
    String name, String description, Provider provider, List<Provider> fallbacks, Load load) {

  /**
   * Creates a scenario.
   *
   * @param name a short name, such as {@code s1}
   * @param description a sentence or two
   * @param provider the provider; the preferred one if there are others
   * @param fallbacks other providers, in order of preference, which only {@link Strategy#routed()}
   *     uses
   * @param load the calls
   */
  public Scenario {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(provider, "provider");
    fallbacks = List.copyOf(fallbacks);
    Objects.requireNonNull(load, "load");
  }

  /**
   * Creates a scenario with one provider.
   *
   * @param name a short name, such as {@code s1}
   * @param description a sentence or two
   * @param provider the provider
   * @param load the calls
   */
  public Scenario(String name, String description, Provider provider, Load load) {
    this(name, description, provider, List.of(), load);
  }

  List<Provider> providers() {
    List<Provider> providers = new ArrayList<>();
    providers.add(provider);
    providers.addAll(fallbacks);
    return providers;
  }
}
