package dev.llmretry.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface with retried methods, so that each bean that implements it is replaced by its
 * generated wrapper: beans of {@code @Bean} methods that return the interface, and declarative HTTP
 * clients.
 *
 * <pre>{@code
 * @RetryingBean
 * @LlmRetry(name = "chat")
 * public interface ChatClient { … }
 * }</pre>
 *
 * <p>The bean has an upstream of its own, which is named like the bean, unless the {@link
 * dev.llmretry.runtime.RetryRuntime} has one. A bean that is a wrapper already is left alone. With
 * the property {@code llmretry.wrap = true}, all interfaces that have a wrapper are treated as if
 * they were marked.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RetryingBean {}
