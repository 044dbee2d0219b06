package dev.llmretry.simulator;

import java.util.Objects;

/**
 * What is simulated: a provider and the calls that it receives.
 *
 * @param name a short name, such as {@code s1}
 * @param description a sentence or two
 * @param provider the provider
 * @param load the calls
 */
public record Scenario(String name, String description, Provider provider, Load load) {

  /**
   * Creates a scenario.
   *
   * @param name a short name, such as {@code s1}
   * @param description a sentence or two
   * @param provider the provider
   * @param load the calls
   */
  public Scenario {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(load, "load");
  }
}
