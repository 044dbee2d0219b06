package dev.llmretry.spring;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.Upstream;
import java.lang.reflect.Constructor;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Replaces beans by their generated wrappers; see {@link RetryingBean}. */
final class RetryingBeanPostProcessor implements BeanPostProcessor {

  private final Wrappers wrappers;
  private final ObjectProvider<RetryRuntime> runtime;
  private final ObjectProvider<RetryUpstreams> upstreams;

  RetryingBeanPostProcessor(
      Wrappers wrappers,
      ObjectProvider<RetryRuntime> runtime,
      ObjectProvider<RetryUpstreams> upstreams) {
    this.wrappers = wrappers;
    this.runtime = runtime;
    this.upstreams = upstreams;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    Constructor<?> wrapper = wrappers.find(bean.getClass());
    boolean isWrapped =
        wrapper != null
            && wrapper
                .getDeclaringClass()
                .isAssignableFrom(AopProxyUtils.ultimateTargetClass(bean));
    return wrapper == null || isWrapped ? bean : Wrappers.wrap(wrapper, bean, runtimeOf(beanName));
  }

  private RetryRuntime runtimeOf(String beanName) {
    RetryRuntime shared = runtime.getObject();
    return shared.upstream() == Upstream.perDelegate()
        ? shared.toBuilder().upstream(upstreams.getObject().create(beanName)).build()
        : shared;
  }
}
