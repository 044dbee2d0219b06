package dev.llmretry.spring;

import dev.llmretry.runtime.RetryRuntime;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint that shows and refreshes settings. */
@AutoConfiguration(after = LlmRetryAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
final class LlmRetryActuatorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint
  LlmRetryEndpoint llmRetryEndpoint(
      RetryRuntime runtime, RetrySettingsRefresher refresher, RetryUpstreams upstreams) {
    return new LlmRetryEndpoint(runtime, refresher, upstreams);
  }
}
