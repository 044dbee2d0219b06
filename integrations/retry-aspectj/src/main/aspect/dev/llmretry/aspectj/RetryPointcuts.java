package dev.llmretry.aspectj;

import org.aspectj.lang.annotation.Pointcut;

/**
 * The methods that are retried, as the processor sees them, too. Written as annotations, since only
 * there a value of an annotation may be negative; ajc takes no constants in them, hence what is
 * repeated.
 */
public final class RetryPointcuts {

  private RetryPointcuts() {}

  /** What has its own annotation, or a composed one, or one that is composed of such. */
  @Pointcut(
      "execution(@dev.llmretry.LlmRetry * (!is(InterfaceType)).*(..))"
          + " || execution(@(@dev.llmretry.LlmRetry *) * (!is(InterfaceType)).*(..))"
          + " || execution(@(@(@dev.llmretry.LlmRetry *) *) * (!is(InterfaceType)).*(..))")
  public void annotated() {}

  /**
   * What stands in a class that is annotated as a whole. An execution is also one of the methods
   * that it overrides, whose types may be annotated where its own is not: that is why its place
   * counts, too.
   */
  @Pointcut(
      "@within(dev.llmretry.LlmRetry)"
          + " || (!within(is(AnonymousType)) && ("
          + "(within((@(@dev.llmretry.LlmRetry *) *) && !is(InterfaceType))"
          + " && execution(* (@(@dev.llmretry.LlmRetry *) *).*(..)))"
          + " || (within((@(@(@dev.llmretry.LlmRetry *) *) *) && !is(InterfaceType))"
          + " && execution(* (@(@(@dev.llmretry.LlmRetry *) *) *).*(..)))))")
  public void placedInAnnotatedClass() {}

  /** What a class that is annotated as a whole retries. */
  @Pointcut(
      "placedInAnnotatedClass()"
          + " && execution(!private !static * *(..))"
          + " && execution(* (!is(InterfaceType)).*(..))"
          + " && !annotated()"
          + " && !execution(@dev.llmretry.NoRetry * *(..))"
          + " && !execution(* *.toString()) && !execution(* *.hashCode())"
          + " && !execution(* *.equals(Object))"
          + " && !execution(* (AutoCloseable+).close())")
  public void inAnnotatedClass() {}

  /** All that is retried. What the aspects themselves call is not. */
  @Pointcut(
      "(annotated() || inAnnotatedClass())"
          + " && !execution(* (RetryRuntimeProvider+).retryRuntime())")
  public void retried() {}

  /** What has neither a time-out nor a deadline, and is retried whole. */
  @Pointcut(
      "execution(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) * *(..))"
          + " || execution(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *) * *(..))"
          + " || execution(@(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *) *) * *(..))"
          + " || (!annotated() && within("
          + "(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *)"
          + " || (@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *) *)"
          + " || (@(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *) *) *)))")
  public void withoutTimer() {}

  /** What fails after it has returned. */
  @Pointcut(
      "execution(java.util.concurrent.Future+ *(..))"
          + " || execution(java.util.concurrent.CompletionStage+ *(..))"
          + " || execution(java.util.concurrent.Flow.Publisher+ *(..))"
          + " || execution(org.reactivestreams*.Publisher+ *(..))"
          + " || execution(io.reactivex.rxjava3.core.*Source+ *(..))")
  public void asynchronous() {}

  /** What the loop that is woven in retries; all else is retried by methods of the companion. */
  @Pointcut(
      "retried() && withoutTimer() && !asynchronous()"
          + " && execution(!static * *(..))"
          + " && !execution(* *(.., @dev.llmretry.StreamCallback (*), ..))"
          + " && !execution(* *(.., dev.llmretry.runtime.Attempt, ..))"
          + " && !execution(* (RetryRuntimeProvider+).*(..))")
  public void inLoop() {}
}
