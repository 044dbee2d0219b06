package dev.llmretry.spring;

import dev.llmretry.runtime.BackoffClock;
import dev.llmretry.runtime.InvalidSettingsException;
import dev.llmretry.runtime.RetryListener;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import dev.llmretry.runtime.classification.FailureClassifier;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** A runtime with the settings of the environment, which ends calls when the context closes. */
@AutoConfiguration(
    afterName = "org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration")
final class LlmRetryAutoConfiguration {

  private static final String TASK_EXECUTOR = "applicationTaskExecutor";

  @Bean
  RetryShutdown llmRetryShutdown(ApplicationContext context) {
    return new RetryShutdown(context);
  }

  @Bean
  RetryUpstreams llmRetryUpstreams(Environment environment, ObjectProvider<Upstream> upstreams) {
    return new RetryUpstreams(environment, upstreams.orderedStream().toList());
  }

  @Bean
  @ConditionalOnMissingBean
  RetryRuntime retryRuntime(
      ConfigurableEnvironment environment,
      RetryShutdown shutdown,
      BeanFactory beans,
      ObjectProvider<BackoffClock> clock,
      ObjectProvider<RetryListener> listeners,
      ObjectProvider<FailureClassifier> classifiers,
      ObjectProvider<Upstream> upstream,
      ObjectProvider<RetryRuntimeCustomizer> customizers) {
    Executor pool =
        beans.containsBean(TASK_EXECUTOR)
            ? beans.getBean(TASK_EXECUTOR, Executor.class)
            : ForkJoinPool.commonPool();
    RetryRuntime.Builder builder =
        RetryRuntime.builder()
            .settings(EnvironmentSettings.read(environment))
            .token(shutdown.token())
            .executor(pool)
            .executorPerCall(new CallerContext(pool));
    clock.ifUnique(builder::clock);
    listeners.orderedStream().forEach(builder::listener);
    classifiers.orderedStream().forEach(builder::classifier);
    upstream.ifUnique(builder::upstream);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  @Bean
  RetrySettingsRefresher retrySettingsRefresher(
      RetryRuntime runtime, ConfigurableEnvironment environment, ResourceLoader resources) {
    return new RetrySettingsRefresher(runtime, environment, resources);
  }

  /** Beans that are created later would not be known, so their keys are no reason to stop. */
  @Bean
  SmartInitializingSingleton llmRetrySettingsCheck(RetryRuntime runtime, Environment environment) {
    boolean isLazy =
        environment.getProperty("spring.main.lazy-initialization", Boolean.class, false);
    boolean isStrict = environment.getProperty("llmretry.check-methods", Boolean.class, !isLazy);
    return () -> {
      try {
        runtime.checkSettings();
      } catch (InvalidSettingsException e) {
        if (isStrict) {
          throw e;
        }
        LogFactory.getLog(LlmRetryAutoConfiguration.class).warn(e.getMessage());
      }
    };
  }

  @Bean
  static RetryingBeanPostProcessor llmRetryBeanPostProcessor(
      Environment environment,
      ObjectProvider<RetryRuntime> runtime,
      ObjectProvider<RetryUpstreams> upstreams) {
    return new RetryingBeanPostProcessor(wrappers(environment), runtime, upstreams);
  }

  static Wrappers wrappers(Environment environment) {
    return new Wrappers(environment.getProperty("llmretry.wrap", Boolean.class, false));
  }
}
