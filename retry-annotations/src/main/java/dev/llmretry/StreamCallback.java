package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a parameter that the elements of a stream arrive through it, one call of a method for
 * each, so that the method is retried until the first of them has arrived, and not after.
 *
 * <p>It is for interfaces of two kinds. One with a method that takes a {@link Throwable}, such as
 * {@code StreamObserver.onError}, hears of errors: the retried method must return nothing, and what
 * happens to it is told through the callback alone. One without, such as {@code Consumer}, hears of
 * elements: the errors are those that the retried method throws.
 *
 * <p>A call of any other method is an element, unless it takes no argument: what announces a stream
 * is held back with the {@linkplain LlmRetry#preamble preamble}; so are LangChain4j's raw events,
 * which hold no content. Default methods that return something are passed on. Methods must not
 * throw checked exceptions, and the interface must not be sealed, or a subtype of a subscriber.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface StreamCallback {

  /**
   * The name of the method that ends the stream where all went well. Needed only where there is a
   * method for errors, and none named {@code onComplete}, {@code onCompleted}, {@code onClose} or
   * {@code onClosed}; those of LangChain4j's handlers are known.
   *
   * @return a method of the parameter's type; empty for one of those
   */
  String completion() default "";
}
