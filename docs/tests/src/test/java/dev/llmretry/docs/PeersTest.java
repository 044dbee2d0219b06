package dev.llmretry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.backoff.ExponentialBackOffPolicy;
import org.springframework.retry.backoff.FixedBackOffPolicy;

/** What {@code docs/guide/migrating.md} says about other libraries is so. */
class PeersTest {

  private final AtomicInteger calls = new AtomicInteger();

  private String fail() throws IOException {
    calls.incrementAndGet();
    throw new IOException("no capacity");
  }

  private String interrupted() throws InterruptedException {
    calls.incrementAndGet();
    throw new InterruptedException();
  }

  private String exhausted() {
    calls.incrementAndGet();
    throw new OutOfMemoryError("of a test");
  }

  // Resilience4j

  @Test
  void resilience4jCountsTheFirstCall() {
    Retry retry =
        Retry.of("chat", RetryConfig.custom().maxAttempts(4).waitDuration(Duration.ZERO).build());

    assertThatThrownBy(() -> retry.executeCheckedSupplier(this::fail))
        .isInstanceOf(IOException.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void resilience4jDefaults() {
    RetryConfig defaults = RetryConfig.ofDefaults();

    assertThat(defaults.getMaxAttempts()).isEqualTo(3);
    assertThat(defaults.getIntervalBiFunction().apply(1, null)).isEqualTo(500);
    assertThat(defaults.getIntervalBiFunction().apply(2, null)).isEqualTo(500);
  }

  @Test
  void resilience4jRetriesInterruptions() {
    Retry retry = Retry.of("chat", RetryConfig.custom().waitDuration(Duration.ZERO).build());

    assertThatThrownBy(() -> retry.executeCheckedSupplier(this::interrupted))
        .isInstanceOf(InterruptedException.class);
    assertThat(calls).hasValue(3);
  }

  // Failsafe

  @Test
  void failsafeCountsRetriesAndWrapsCheckedExceptions() {
    var policy = dev.failsafe.RetryPolicy.<String>builder().withMaxRetries(3).build();

    assertThatThrownBy(() -> Failsafe.with(policy).get(this::fail))
        .isInstanceOf(FailsafeException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void failsafeDefaults() {
    var defaults = dev.failsafe.RetryPolicy.ofDefaults().getConfig();

    assertThat(defaults.getMaxRetries()).isEqualTo(2);
    assertThat(defaults.getDelay()).isZero();
  }

  @Test
  void failsafeRetriesErrors() {
    var policy = dev.failsafe.RetryPolicy.<String>ofDefaults();

    assertThatThrownBy(() -> Failsafe.with(policy).get(this::exhausted))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(calls).hasValue(3);
  }

  // Spring

  interface Chat {
    String complete() throws IOException;

    CompletableFuture<String> completeAsync();
  }

  /** Its annotations are on the methods of the class. */
  static class AnnotatedChat implements Chat {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    @Retryable(maxRetries = 3, delay = 0)
    public String complete() throws IOException {
      calls.incrementAndGet();
      throw new IOException("no capacity");
    }

    @Override
    @Retryable(maxRetries = 3, delay = 0)
    public CompletableFuture<String> completeAsync() {
      calls.incrementAndGet();
      return CompletableFuture.failedFuture(new IOException("no capacity"));
    }
  }

  @Configuration
  @EnableResilientMethods
  static class JdkProxies {
    @Bean
    AnnotatedChat target() {
      return new AnnotatedChat();
    }
  }

  @Configuration
  @EnableResilientMethods(proxyTargetClass = true)
  static class ClassProxies {
    @Bean
    AnnotatedChat target() {
      return new AnnotatedChat();
    }
  }

  interface RetriedChat {
    @Retryable
    String complete();
  }

  /** Final, as a generated wrapper is. */
  static final class Wrapper implements RetriedChat {
    @Override
    public String complete() {
      return "Hello!";
    }
  }

  @Configuration
  @EnableResilientMethods(proxyTargetClass = true)
  static class ClassProxyOfAWrapper {
    @Bean
    RetriedChat wrapper() {
      return new Wrapper();
    }
  }

  private static int callsOf(Class<?> configuration, boolean jdkProxy) {
    try (var context = new AnnotationConfigApplicationContext(configuration)) {
      Chat chat = context.getBean(Chat.class);
      assertThat(AopUtils.isJdkDynamicProxy(chat)).isEqualTo(jdkProxy);
      assertThatThrownBy(chat::complete).isInstanceOf(IOException.class);
      return callsOf(chat);
    }
  }

  private static int callsOf(Chat chat) {
    try {
      return ((AnnotatedChat) ((Advised) chat).getTargetSource().getTarget()).calls.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void springCountsRetries() {
    assertThat(callsOf(ClassProxies.class, false)).isEqualTo(4);
  }

  @Test
  void springOverlooksAnnotationsBehindJdkProxies() {
    assertThat(callsOf(JdkProxies.class, true)).isEqualTo(1);
  }

  @Test
  void springCannotStandInFrontOfAFinalClass() {
    assertThatThrownBy(() -> new AnnotationConfigApplicationContext(ClassProxyOfAWrapper.class))
        .isInstanceOf(BeanCreationException.class)
        .hasMessageContaining("Could not generate CGLIB subclass");
  }

  @Test
  void springCallsOnceForAFuture() {
    try (var context = new AnnotationConfigApplicationContext(ClassProxies.class)) {
      Chat chat = context.getBean(Chat.class);

      assertThat(chat.completeAsync()).isCompletedExceptionally();
      assertThat(callsOf(chat)).isEqualTo(1);
    }
  }

  @Test
  void springRetriesInterruptionsAndItsTemplateWraps() {
    var template =
        new RetryTemplate(RetryPolicy.builder().maxRetries(3).delay(Duration.ZERO).build());

    assertThatThrownBy(() -> template.execute(this::interrupted))
        .isInstanceOf(RetryException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void springDefaults() {
    assertThat(unless(Retryable.class, "maxRetries")).isEqualTo(3L);
    assertThat(unless(Retryable.class, "delay")).isEqualTo(1_000L);
    assertThat(unless(Retryable.class, "multiplier")).isEqualTo(1.0);
    assertThat(unless(Retryable.class, "jitter")).isEqualTo(0L);
  }

  @Test
  void springRetryCountsTheFirstCall() {
    var template =
        org.springframework.retry.support.RetryTemplate.builder()
            .maxAttempts(4)
            .noBackoff()
            .build();

    assertThatThrownBy(() -> template.execute(context -> fail())).isInstanceOf(IOException.class);
    assertThat(calls).hasValue(4);
  }

  @Test
  void springRetryDefaults() {
    var retryable = org.springframework.retry.annotation.Retryable.class;

    assertThat(unless(retryable, "maxAttempts")).isEqualTo(3);
    assertThat(new FixedBackOffPolicy().getBackOffPeriod()).isEqualTo(1_000);
    assertThat(unless(Backoff.class, "maxDelay")).isEqualTo(0L);
    assertThat(ExponentialBackOffPolicy.DEFAULT_MAX_INTERVAL).isEqualTo(30_000);
  }

  // MicroProfile and Micronaut

  @Test
  void microProfileDefaults() {
    var retry = org.eclipse.microprofile.faulttolerance.Retry.class;

    assertThat(unless(retry, "maxRetries")).isEqualTo(3);
    assertThat(unless(retry, "delay")).isEqualTo(0L);
    assertThat(unless(retry, "jitter")).isEqualTo(200L);
    assertThat(unless(retry, "maxDuration")).isEqualTo(180_000L);
    assertThat((Class<?>[]) unless(retry, "retryOn")).containsExactly(Exception.class);
  }

  @Test
  void micronautDefaults() {
    var retryable = io.micronaut.retry.annotation.Retryable.class;

    assertThat(unless(retryable, "attempts")).isEqualTo("3");
    assertThat(unless(retryable, "delay")).isEqualTo("1s");
    assertThat(unless(retryable, "multiplier")).isEqualTo("1.0");
    assertThat(unless(retryable, "capturedException")).isEqualTo(RuntimeException.class);
  }

  /** Returns what a member of an annotation is unless it is set. */
  private static Object unless(Class<? extends Annotation> annotation, String member) {
    try {
      return annotation.getMethod(member).getDefaultValue();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
