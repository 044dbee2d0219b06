package dev.llmretry.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of upstreams. */
@AutoConfiguration(after = LlmRetryAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
final class LlmRetryHealthAutoConfiguration {

  @Bean
  @ConditionalOnEnabledHealthIndicator("llmretry")
  @ConditionalOnMissingBean(name = "llmretryHealthIndicator")
  HealthIndicator llmretryHealthIndicator(RetryUpstreams upstreams) {
    return new LlmRetryHealthIndicator(upstreams);
  }
}
