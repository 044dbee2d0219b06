package dev.llmretry.runtime.aspectj;

import org.aspectj.lang.annotation.Pointcut;

/**
 * The methods that are retried, as the processor sees them, too. Written as annotations, since only
 * there a value of an annotation may be negative.
 */
public final class Retried {

  private Retried() {}

  /** What has its own annotation, or a composed one. */
  @Pointcut(
      "execution(@dev.llmretry.LlmRetry * (!is(InterfaceType)).*(..))"
          + " || execution(@(@dev.llmretry.LlmRetry *) * (!is(InterfaceType)).*(..))")
  public void annotated() {}

  /** What a class that is annotated as a whole retries. */
  @Pointcut(
      "(execution(!private !static * (@dev.llmretry.LlmRetry *).*(..))"
          + " || execution(!private !static * (@(@dev.llmretry.LlmRetry *) *).*(..)))"
          + " && execution(* (!is(InterfaceType)).*(..))"
          + " && !annotated()"
          + " && !execution(@dev.llmretry.NoRetry * *(..))"
          + " && !execution(* *.toString()) && !execution(* *.hashCode())"
          + " && !execution(* *.equals(Object))"
          + " && !execution(* (AutoCloseable+).close())")
  public void inAnnotatedClass() {}

  /** All that is retried. */
  @Pointcut("annotated() || inAnnotatedClass()")
  public void retried() {}

  /** What has neither a time-out nor a deadline, and is retried whole. */
  @Pointcut(
      "execution(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) * *(..))"
          + " || execution(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *) * *(..))"
          + " || (!annotated() && execution("
          + "* (@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *).*(..)))"
          + " || (!annotated() && execution("
          + "* (@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING) *) *).*(..)))")
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
          + " && !execution(* (HasRetryRuntime+).*(..))")
  public void inLoop() {}
}
