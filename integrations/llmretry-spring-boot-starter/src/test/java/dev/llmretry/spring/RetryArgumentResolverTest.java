package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.Attempt;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancellationSource;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.testing.VirtualBackoffClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Declarative clients are retried, with and without parameters for the retries. */
class RetryArgumentResolverTest {

  @RetryingBean
  interface ModelApi {

    @GetExchange("/plain")
    @LlmRetry
    String plain();

    @GetExchange("/token")
    @LlmRetry
    String withToken(CancellationToken token);

    @GetExchange("/attempt")
    @LlmRetry
    String withAttempt(Attempt attempt);
  }

  @Configuration(proxyBeanMethods = false)
  @ImportHttpServices(types = ModelApi.class)
  static class Application {

    @Bean
    RestClientHttpServiceGroupConfigurer baseUrl(Environment environment) {
      return groups ->
          groups.forEachClient(
              (group, builder) -> builder.baseUrl(environment.getRequiredProperty("provider")));
    }
  }

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private HttpServer provider;
  private int failures = 1;

  @BeforeEach
  void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext(
        "/",
        exchange -> {
          keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
          byte[] body = "answer".getBytes(StandardCharsets.UTF_8);
          boolean fails = failures-- > 0;
          if (fails) {
            exchange.getResponseHeaders().add("Retry-After", "7");
          }
          exchange.sendResponseHeaders(fails ? 429 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  private void run(java.util.function.Consumer<ModelApi> test) {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                LlmRetryAutoConfiguration.class, LlmRetryHttpServiceAutoConfiguration.class))
        .withUserConfiguration(Application.class)
        .withBean(BackoffClock.class, () -> clock)
        .withPropertyValues("provider=http://localhost:" + provider.getAddress().getPort())
        .run(context -> test.accept(context.getBean(ModelApi.class)));
  }

  @Test
  void aMethodWithoutParameterIsRetried() {
    run(api -> assertThat(api.plain()).isEqualTo("answer"));
    assertThat(clock.waits()).containsExactly(Duration.ofSeconds(7));
    assertThat(keys).containsExactly("null", "null");
  }

  @Test
  void aTokenIsNoPartOfTheRequestAndCancelsTheCall() {
    run(
        api -> {
          assertThat(api.withToken(CancellationToken.none())).isEqualTo("answer");
          assertThat(keys).hasSize(2);
          var source = new CancellationSource();
          source.cancel();
          assertThatThrownBy(() -> api.withToken(source.token()))
              .isInstanceOf(CancelledException.class);
          assertThat(keys).hasSize(2);
        });
  }

  @Test
  void theAttemptsOfACallHaveOneIdempotencyKey() {
    run(
        api -> {
          assertThat(api.withAttempt(Attempt.first())).isEqualTo("answer");
          failures = 0;
          assertThat(api.withAttempt(Attempt.first())).isEqualTo("answer");
        });
    assertThat(keys).hasSize(3).doesNotContain("null");
    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
  }
}
