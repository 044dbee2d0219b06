package dev.llmretry.spring;

import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryRuntime;
import java.util.List;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ResourceLoader;

/**
 * Applies changed configuration files to the runtime, while the application runs: the files that
 * Spring Boot has read at the start, {@code application.yml}, those of profiles and those imported
 * by {@code spring.config.import}, are read again. Nothing but the settings of methods changes; no
 * bean is created anew.
 *
 * <p>Safe for use by several threads.
 */
public final class RetrySettingsRefresher {

  private final RetryRuntime runtime;
  private final ConfigurableEnvironment environment;
  private final ResourceLoader resources;

  RetrySettingsRefresher(
      RetryRuntime runtime, ConfigurableEnvironment environment, ResourceLoader resources) {
    this.runtime = runtime;
    this.environment = environment;
    this.resources = resources;
  }

  /**
   * Reads the configuration files again, and applies the settings in them, all or none.
   *
   * @throws InvalidSettingsException if the settings are invalid; the previous ones remain
   * @throws IllegalStateException if the runtime has no settings, since the application has defined
   *     it
   */
  public void refresh() {
    runtime.refresh(EnvironmentSettings.read(reloaded()));
  }

  private ConfigurableEnvironment reloaded() {
    ConfigurableEnvironment reloaded = new StandardEnvironment();
    MutablePropertySources sources = reloaded.getPropertySources();
    sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (!isFromFile(source)
          && !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
        sources.addLast(source);
      }
    }
    reloaded.setActiveProfiles(environment.getActiveProfiles());
    reloaded.setDefaultProfiles(environment.getDefaultProfiles());
    ConfigDataEnvironmentPostProcessor.applyTo(reloaded, resources, null, List.of());
    return reloaded;
  }

  private static boolean isFromFile(PropertySource<?> source) {
    return source instanceof OriginTrackedMapPropertySource
        || source instanceof ConfigTreePropertySource;
  }
}
