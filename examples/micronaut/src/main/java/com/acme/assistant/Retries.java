package com.acme.assistant;

import dev.llmretry.micrometer.RetryMeters;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.PropertySettings;
import dev.llmretry.runtime.RetryRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/** The wrapper, and what it is configured with. */
@Factory
class Retries {

  private final CancellationSource shutdown = new CancellationSource();

  /** Puts the wrapper in the place of the client. */
  @Singleton
  BeanCreatedEventListener<ChatClient> wrap(RetryRuntime runtime) {
    return event -> new RetryingChatClient(event.getBean(), runtime);
  }

  @Singleton
  RetryRuntime runtime(Environment environment, MeterRegistry registry) {
    return RetryRuntime.builder()
        .settings(settings(environment))
        .listener(new RetryMeters(registry))
        .token(shutdown.token())
        .build();
  }

  private static PropertySettings settings(Environment environment) {
    PropertySettings.Builder settings = PropertySettings.builder();
    for (PropertySource source : environment.getPropertySources()) { // the last takes precedence
      Map<String, String> values = new HashMap<>();
      source.forEach(key -> values.put(key, String.valueOf(source.get(key))));
      if (source.getConvention() == PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE) {
        settings.environment(values);
      } else {
        settings.properties(source.getName(), values);
      }
    }
    return settings.build();
  }

  /** A wrong setting stops the start. */
  @Singleton
  ApplicationEventListener<StartupEvent> check(ChatClient client, RetryRuntime runtime) {
    return event -> runtime.checkSettings();
  }

  @Singleton
  ApplicationEventListener<ShutdownEvent> stop() {
    return event -> shutdown.cancel();
  }
}
