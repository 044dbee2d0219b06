package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Excludes a method from retries: it is called once.
 *
 * <p>Use it on methods of a type with {@link LlmRetry}, and on default methods of an interface with
 * annotated methods, which must be annotated: their calls on {@code this} go to the delegate and
 * bypass the wrapper.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface NoRetry {}
