package dev.llmretry.spring;

import dev.llmretry.micrometer.RetryMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters of calls and upstreams, if there is a registry. */
@AutoConfiguration(
    before = LlmRetryAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
final class LlmRetryMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  RetryMeters retryMeters(MeterRegistry registry) {
    return new RetryMeters(registry);
  }

  @Bean
  MeterBinder llmRetryUpstreamMeters(RetryUpstreams upstreams) {
    return registry -> upstreams.observe(upstream -> RetryMeters.bind(registry, upstream));
  }
}
