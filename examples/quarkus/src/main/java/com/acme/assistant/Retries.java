package com.acme.assistant;

import dev.llmretry.micrometer.RetryMeters;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.PropertySettings;
import dev.llmretry.runtime.RetryRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The wrapper, and what it is configured with. */
@Singleton
class Retries {

  private final CancellationSource shutdown = new CancellationSource();

  @Produces
  @Singleton
  ChatClient client(@RestClient ChatClient client, RetryRuntime runtime) {
    return new RetryingChatClient(client, runtime);
  }

  @Produces
  @Singleton
  RetryRuntime runtime(Config config, MeterRegistry registry) {
    return RetryRuntime.builder()
        .settings(settings(config))
        .listener(new RetryMeters(registry))
        .token(shutdown.token())
        .build();
  }

  private static PropertySettings settings(Config config) {
    Map<String, String> files = new TreeMap<>();
    for (String key : config.getPropertyNames()) {
      if (key.startsWith("llmretry.") && System.getProperty(key) == null) {
        files.put(key, config.getConfigValue(key).getValue());
      }
    }
    return PropertySettings.builder()
        .properties(files, key -> config.getConfigValue(key).getSourceName())
        .environment(System.getenv())
        .systemProperties(System.getProperties())
        .build();
  }

  /** A wrong setting stops the start. */
  void check(@Observes StartupEvent event, ChatClient client, RetryRuntime runtime) {
    runtime.checkSettings();
  }

  /** Quarkus waits for calls that are in progress; they need not wait for the provider. */
  void stop(@Observes ShutdownEvent event) {
    shutdown.cancel();
  }
}
