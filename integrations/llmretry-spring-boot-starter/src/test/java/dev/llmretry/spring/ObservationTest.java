package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmretry.micrometer.RetryMeters;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.testing.VirtualBackoffClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Meters and health. */
class ObservationTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  LlmRetryAutoConfiguration.class,
                  LlmRetryActuatorAutoConfiguration.class,
                  LlmRetryHealthAutoConfiguration.class,
                  LlmRetryMetricsAutoConfiguration.class,
                  LlmRetryHttpServiceAutoConfiguration.class))
          .withBean(BackoffClock.class, VirtualBackoffClock::autoAdvancing)
          .withBean("chatClient", ChatClient.class, () -> new FailingClient(1));

  @Test
  void callsAndUpstreamsHaveMeters() {
    application
        .withBean(MeterRegistry.class, () -> registry)
        .run(
            context -> {
              context.getBean(MeterBinder.class).bindTo(registry); // as Spring Boot does
              context.getBean(ChatClient.class).ask("?");
              assertThat(registry.get("llmretry.calls").timer().count()).isOne();
              assertThat(registry.get("llmretry.attempts").timers()).hasSize(2);
              assertThat(
                      registry
                          .get("llmretry.upstream.waiting")
                          .tag("upstream", "chatClient")
                          .gauge()
                          .value())
                  .isZero();
            });
  }

  @Test
  void withoutARegistryThereAreNone() {
    application.run(
        context -> {
          assertThat(context).doesNotHaveBean(RetryMeters.class);
          assertThat(context.getBean(ChatClient.class).ask("?")).isEqualTo("answer");
        });
  }

  @Test
  void itWorksWithoutWhatIsOptional() {
    application
        .withClassLoader(
            new FilteredClassLoader(
                "io.micrometer",
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "org.springframework.web"))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(ChatClient.class).ask("?")).isEqualTo("answer");
            });
  }

  @Test
  void healthShowsWhatTheProviderAccepts() {
    application.run(
        context -> {
          HealthIndicator indicator = context.getBean(HealthIndicator.class);
          assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
          Upstream upstream = context.getBean(RetryUpstreams.class).all().get(0);
          upstream.pushback(Duration.ofSeconds(5));
          Health health = indicator.health();
          assertThat(health.getStatus()).isEqualTo(LlmRetryHealthIndicator.DEGRADED);
          assertThat(health.getDetails().get("chatClient").toString()).contains("closed-for=PT5S");
        });
  }

  @Test
  void healthCanBeSwitchedOff() {
    application
        .withPropertyValues("management.health.llmretry.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
  }
}
