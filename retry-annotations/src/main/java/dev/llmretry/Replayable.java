package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares that the argument of a parameter can be passed to several attempts, although its type
 * suggests otherwise.
 *
 * <p>A retried method may be called several times with the same arguments. An {@code InputStream}
 * that the first attempt has read is empty for the second, and a callback receives every element
 * twice. The processor reports an error for such parameters unless they have this annotation.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Replayable {}
