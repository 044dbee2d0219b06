package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opts a method out: it is called once.
 *
 * <p>It is for methods of a type that is annotated as a whole, and for default methods of an
 * interface with annotated methods, which have to say what they want: what a default method calls,
 * it calls on the delegate, and so past the wrapper.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface NoRetry {}
