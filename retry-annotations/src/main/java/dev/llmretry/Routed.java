package dev.llmretry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an interface: the generated wrapper can call several clients, in order of preference. It has a
 * static method {@code routed} in addition to its constructors:
 *
 * <pre>{@code
 * ChatClient chat =
 *     RetryingChatClient.routed(
 *         RetryRuntime.standard(), Route.of("openai", openAi), Route.of("azure", azure));
 * }</pre>
 *
 * <p>If a client fails in a way that may not affect the next one, the call moves on to that; this
 * counts as a retry. {@code dev.llmretry.runtime.Routes} has the rules. Methods that are not
 * retried are called on the first client, {@code close()} on all. Default methods that the
 * annotated interface declares in addition to those of its superinterface run on the wrapper, so
 * that calls which they make are retried.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Routed {

  /**
   * Kinds of failure after which a call moves to the next route although they are not {@linkplain
   * FailureKind#isRetryable retryable}, such as {@link FailureKind#CONTEXT_LENGTH} if it has a
   * larger context window. {@link FailureKind#QUOTA_EXHAUSTED}, {@link FailureKind#UNAUTHORIZED},
   * {@link FailureKind#FORBIDDEN} and {@link FailureKind#NOT_FOUND} always do.
   *
   * @return the kinds; never {@link FailureKind#CANCELLED}
   */
  FailureKind[] fallbackOnKinds() default {};
}
