package dev.llmretry.spring;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Registers the constructors of the wrappers of beans for native images. */
final class WrapperHints implements BeanFactoryInitializationAotProcessor {

  @Override
  public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory beans) {
    Wrappers wrappers = LlmRetryAutoConfiguration.wrappers(beans.getBean(Environment.class));
    return (context, code) -> {
      for (String name : beans.getBeanDefinitionNames()) {
        Class<?> type = beans.getType(name, false);
        Constructor<?> wrapper = type == null ? null : wrappers.find(type);
        if (wrapper != null) {
          context
              .getRuntimeHints()
              .reflection()
              .registerConstructor(wrapper, ExecutableMode.INVOKE);
        }
      }
    };
  }
}
