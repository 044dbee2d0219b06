package dev.llmretry.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroupConfigurer;

/** Adds {@link RetryArgumentResolver} to declarative clients. */
@AutoConfiguration
@ConditionalOnClass(HttpServiceGroupConfigurer.class)
final class LlmRetryHttpServiceAutoConfiguration {

  private static void addResolver(HttpServiceGroupConfigurer.Groups<?> groups) {
    groups.forEachProxyFactory(
        (group, factory) -> factory.customArgumentResolver(new RetryArgumentResolver()));
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({RestClient.class, RestClientHttpServiceGroupConfigurer.class})
  static class RestClients {

    @Bean
    RestClientHttpServiceGroupConfigurer llmRetryRestClients() {
      return LlmRetryHttpServiceAutoConfiguration::addResolver;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(
      name = {
        "org.springframework.web.reactive.function.client.WebClient",
        "org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer"
      })
  static class WebClients {

    @Bean
    org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer
        llmRetryWebClients() {
      return LlmRetryHttpServiceAutoConfiguration::addResolver;
    }
  }
}
