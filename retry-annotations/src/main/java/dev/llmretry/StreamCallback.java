package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter that receives the elements of a stream, one method call for each. The method is
 * retried until the first element of content has arrived, and not after it.
 *
 * <p>Two kinds of interfaces are supported. One with a method that takes a {@link Throwable}, such
 * as {@code StreamObserver.onError}, receives errors: the retried method must return {@code void},
 * and its outcome is reported through the callback only. One without, such as {@code Consumer},
 * receives elements: errors are those that the retried method throws.
 *
 * <p>A call of any other method is an element. One without arguments, which announces a stream, is
 * held back with the {@linkplain LlmRetry#preamble preamble}; so are LangChain4j's raw events,
 * which hold no content. Default methods that return a value are passed to the callback unchanged.
 * Methods must not throw checked exceptions, and the interface must not be sealed, or a subtype of
 * a subscriber.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface StreamCallback {

  /**
   * The name of the method that signals successful completion. Required only if the interface has a
   * method for errors, and none named {@code onComplete}, {@code onCompleted}, {@code onClose} or
   * {@code onClosed}; those of LangChain4j's handlers are known.
   *
   * @return a method of the parameter's type; empty for one of these names
   */
  String completion() default "";
}
