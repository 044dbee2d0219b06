package dev.llmretry.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmretry.FailureKind;
import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryEvent;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.classification.Failure;
import dev.llmretry.runtime.classification.FailureClassifier;
import dev.llmretry.testing.VirtualBackoffClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class LlmRetryAutoConfigurationTest {

  private final VirtualBackoffClock clock = VirtualBackoffClock.autoAdvancing();

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(LlmRetryAutoConfiguration.class))
          .withBean(BackoffClock.class, () -> clock);

  private ApplicationContextRunner withClient(int failures) {
    return application.withBean("chatClient", ChatClient.class, () -> new FailingClient(failures));
  }

  @Test
  void aBeanOfAMarkedInterfaceIsRetried() {
    withClient(2)
        .run(
            context -> {
              ChatClient client = context.getBean(ChatClient.class);
              assertThat(client).isInstanceOf(RetryingChatClient.class);
              assertThat(client.ask("?")).isEqualTo("answer");
              assertThat(clock.waits())
                  .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
            });
  }

  @Test
  void settingsAreThoseOfTheEnvironment() {
    withClient(5)
        .withPropertyValues(
            "llmretry.methods.chat.max=5",
            "llmretry.methods.chat.base-delay=${delay}",
            "delay=1s",
            "llmretry.methods[dev.llmretry.spring.ChatClient.ask].multiplier=1",
            "llmretry.all.retry-on-kinds[0]=UNKNOWN",
            "llmretry.all.retry-on-kinds[1]=NOT_FOUND")
        .run(
            context -> {
              assertThat(context.getBean(ChatClient.class).ask("?")).isEqualTo("answer");
              assertThat(clock.waits()).hasSize(5).containsOnly(Duration.ofSeconds(1));
              assertThat(context.getBean(RetryRuntime.class).policies())
                  .extracting(RetryPolicy::retryOnKinds)
                  .hasSize(2)
                  .allSatisfy(
                      kinds ->
                          assertThat(kinds)
                              .containsOnly(FailureKind.UNKNOWN, FailureKind.NOT_FOUND));
            });
  }

  @Test
  void retriesCanBeSwitchedOff() {
    withClient(1)
        .withPropertyValues("llmretry.enabled=false")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(ChatClient.class).ask("?"))
                    .isInstanceOf(BusyException.class));
  }

  @Test
  void anInvalidSettingStopsTheStartAndItsMessageSaysWhere() {
    List<String> wrong =
        List.of(
            "llmretry.methods.chat.mxa=5|did you mean max?",
            "llmretry.methods.chat.max=many|LR001: llmretry.methods.chat.max = many",
            "llmretry.methods.chat.max-delay=1ms|LR003: dev.llmretry.spring.ChatClient.ask",
            "llmretry.methods.chat.deadline=5s|Set deadlineMs or attemptTimeoutMs in its annotation",
            "llmretry.methods.chatt.max=5|there is no retried method chatt; did you mean chat?",
            "llmretry.upstream.max-waitng=5|there is no setting upstream",
            "llmretry.enable=true|did you mean enabled?");
    for (String each : wrong) {
      String[] parts = each.split("\\|");
      withClient(0)
          .withPropertyValues(parts[0])
          .run(
              context -> {
                assertThat(context).hasFailed();
                FailureAnalysis analysis =
                    new InvalidSettingsFailureAnalyzer().analyze(context.getStartupFailure());
                assertThat(analysis).as(parts[0]).isNotNull();
                assertThat(analysis.getDescription())
                    .contains(parts[1])
                    .contains(parts[0].replaceAll("=.*", ""));
              });
    }
  }

  @Test
  void anUnknownPropertyOfTheJvmDoesNotStopTheStart() {
    withClient(1)
        .withSystemProperties("llmretry.version=1.0", "llmretry.methods.chat.max=0")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(ChatClient.class).ask("?"))
                    .isInstanceOf(BusyException.class));
  }

  @Test
  void anUnknownMethodDoesNotStopTheStartIfBeansAreCreatedLater() {
    for (String lenient :
        List.of("spring.main.lazy-initialization=true", "llmretry.check-methods=false")) {
      withClient(0)
          .withPropertyValues("llmretry.methods.chatt.max=5", lenient)
          .run(context -> assertThat(context).hasNotFailed());
    }
  }

  @Test
  void theRuntimeHasTheBeansOfTheApplication() {
    List<String> events = new ArrayList<>();
    RetryListener listener =
        new RetryListener() {
          @Override
          public void onSuccess(RetryEvent event) {
            events.add("success");
          }
        };
    FailureClassifier classifier =
        (error, time) -> Failure.of(FailureKind.UNAUTHORIZED, "by the application");
    Upstream upstream = Upstream.of("openai");
    withClient(0)
        .withBean(RetryListener.class, () -> listener)
        .withBean(FailureClassifier.class, () -> classifier)
        .withBean(Upstream.class, () -> upstream)
        .withBean(RetryRuntimeCustomizer.class, () -> builder -> builder.random(() -> 0.25))
        .run(
            context -> {
              RetryRuntime runtime = context.getBean(RetryRuntime.class);
              context.getBean(ChatClient.class).ask("?");
              assertThat(events).containsExactly("success");
              assertThat(runtime.classify(new BusyException()).kind())
                  .isEqualTo(FailureKind.UNAUTHORIZED);
              assertThat(runtime.upstream()).isSameAs(upstream);
              assertThat(runtime.clock()).isSameAs(clock);
              assertThat(runtime.random().getAsDouble()).isEqualTo(0.25);
              assertThat(context.getBean(RetryUpstreams.class).all()).containsExactly(upstream);
            });
  }

  @Test
  void aRuntimeOfTheApplicationIsUsed() {
    RetryRuntime own = RetryRuntime.builder().clock(clock).build();
    withClient(1)
        .withBean("own", RetryRuntime.class, () -> own)
        .run(
            context -> {
              assertThat(context).hasSingleBean(RetryRuntime.class);
              assertThat(context.getBean(ChatClient.class).ask("?")).isEqualTo("answer");
            });
  }

  @Test
  void aDelayEndsWhenTheContextBeginsToClose() {
    VirtualBackoffClock manual = VirtualBackoffClock.manual();
    CompletableFuture<String> call = new CompletableFuture<>();
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(LlmRetryAutoConfiguration.class))
        .withBean(BackoffClock.class, () -> manual)
        .withBean("chatClient", ChatClient.class, () -> new FailingClient(9))
        .run(
            context -> {
              ChatClient client = context.getBean(ChatClient.class);
              new Thread(() -> call.completeAsync(() -> client.ask("?"), Runnable::run)).start();
              manual.awaitSleeping(1);
              context.close();
              assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES))
                  .isInstanceOf(ExecutionException.class)
                  .hasCauseInstanceOf(CancelledException.class);
            });
  }

  @Test
  void anInterfaceThatIsNotMarkedIsWrappedIfTheApplicationWantsThat() {
    ApplicationContextRunner unmarked = application.withBean(Unmarked.class, () -> () -> "answer");
    unmarked.run(
        context ->
            assertThat(context.getBean(Unmarked.class)).isNotInstanceOf(RetryingUnmarked.class));
    unmarked
        .withPropertyValues("llmretry.wrap=true")
        .run(
            context ->
                assertThat(context.getBean(Unmarked.class)).isInstanceOf(RetryingUnmarked.class));
  }

  @Test
  void anInterfaceMayBeNested() {
    application
        .withBean(Unmarked.Nested.class, () -> () -> "answer")
        .run(
            context ->
                assertThat(context.getBean(Unmarked.Nested.class))
                    .isInstanceOf(RetryingUnmarked_Nested.class));
  }

  @Test
  void aWrapperIsNotWrapped() {
    ChatClient wrapper = new RetryingChatClient(new FailingClient(0));
    var proxy = (ChatClient) new ProxyFactory(wrapper).getProxy();
    application
        .withBean("wrapper", ChatClient.class, () -> wrapper)
        .withBean("proxy", ChatClient.class, () -> proxy)
        .run(
            context -> {
              assertThat(context.getBean("wrapper")).isSameAs(wrapper);
              assertThat(context.getBean("proxy")).isSameAs(proxy);
            });
  }

  @Test
  void aProxyOfAnotherObjectIsWrapped() {
    ProxyFactory factory = new ProxyFactory(new FailingClient(1));
    factory.setInterfaces(ChatClient.class);
    application
        .withBean(ChatClient.class, () -> (ChatClient) factory.getProxy())
        .run(context -> assertThat(context.getBean(ChatClient.class).ask("?")).isEqualTo("answer"));
  }

  @RetryingBean
  private interface WithoutWrapper {}

  @Test
  void aMarkedInterfaceWithoutWrapperIsRefused() {
    application
        .withBean(WithoutWrapper.class, () -> new WithoutWrapper() {})
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(ClassNotFoundException.class)
                    .hasMessageContaining("RetryingLlmRetryAutoConfigurationTest_WithoutWrapper"));
  }

  @Test
  void anObjectThatImplementsSeveralMarkedInterfacesIsRefused() {
    class Both extends FailingClient implements Unmarked.Nested {
      Both() {
        super(0);
      }

      @Override
      public String ask() {
        return "answer";
      }
    }
    application
        .withBean("both", ChatClient.class, Both::new)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("several interfaces that have a wrapper"));
  }

  @Test
  void theUpstreamOfAWrappedBeanIsNamedLikeItAndLimited() {
    withClient(0)
        .withPropertyValues("llmretry.upstream.max-waiting=0", "llmretry.upstream.max-wait=1s")
        .run(
            context -> {
              Upstream upstream = context.getBean(RetryUpstreams.class).all().get(0);
              assertThat(upstream.name()).isEqualTo("chatClient");
              upstream.pushback(Duration.ofSeconds(5));
              assertThatThrownBy(() -> context.getBean(ChatClient.class).ask("?"))
                  .hasMessageContaining("chatClient");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class BeanMethods {

    @Bean
    ChatClient chatClient(RetryRuntime runtime) {
      return new RetryingChatClient(new FailingClient(1), runtime);
    }
  }

  @Test
  void aBeanMethodMayCreateTheWrapper() {
    application
        .withUserConfiguration(BeanMethods.class)
        .withPropertyValues("llmretry.methods.chat.max=0")
        .run(
            context ->
                assertThatThrownBy(() -> context.getBean(ChatClient.class).ask("?"))
                    .isInstanceOf(BusyException.class));
  }

  @Test
  void settingsThatAreInvalidInABeanMethodAreAnalyzed() {
    application
        .withUserConfiguration(BeanMethods.class)
        .withPropertyValues("llmretry.methods.chat.max-delay=0")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .satisfies(
                        failure ->
                            assertThat(new InvalidSettingsFailureAnalyzer().analyze(failure))
                                .extracting(FailureAnalysis::getCause)
                                .isInstanceOf(InvalidSettingsException.class)));
  }
}
