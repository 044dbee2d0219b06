package dev.llmretry.benchmarks.startup;

import dev.llmretry.benchmarks.ChatClient;
import dev.llmretry.benchmarks.peers.SpringChat;
import java.io.IOException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** A Spring context with one bean, without Spring Boot. */
final class WithSpring {

  private WithSpring() {}

  public static void main(String... args) throws IOException {
    try (var context = new AnnotationConfigApplicationContext(Beans.class)) {
      FirstCall.make(context.getBean(ChatClient.class));
    }
  }

  /** What is in the context. */
  @Configuration(proxyBeanMethods = false)
  @EnableResilientMethods
  static class Beans {

    @Bean
    ChatClient chat() {
      return new SpringChat(new Provider());
    }
  }
}
