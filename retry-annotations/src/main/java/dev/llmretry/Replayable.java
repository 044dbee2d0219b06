package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a parameter that its argument can be passed to several attempts, though its type does not
 * look so.
 *
 * <p>A retried method may be called several times with the same arguments. An {@code InputStream}
 * that the first attempt has read is empty for the second, and a callback that the first attempt
 * has fed hears everything twice; the compiler refuses such parameters unless they are marked.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Replayable {}
