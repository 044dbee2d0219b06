package dev.llmretry.aspectj;

import org.aspectj.lang.annotation.Pointcut;

/**
 * Matches the methods that are retried, with the same rules as the processor. The pointcuts are
 * annotations, since AspectJ's own syntax does not permit negative annotation values. ajc does not
 * permit constants in them, hence the repetitions.
 */
public final class RetryPointcuts {

  private RetryPointcuts() {}

  /**
   * Methods with {@code @LlmRetry}, a composed annotation, or one composed of such an annotation.
   */
  @Pointcut(
      "execution(@dev.llmretry.LlmRetry * (!is(InterfaceType)).*(..))"
          + " || execution(@(@dev.llmretry.LlmRetry *) * (!is(InterfaceType)).*(..))"
          + " || execution(@(@(@dev.llmretry.LlmRetry *) *) * (!is(InterfaceType)).*(..))")
  public void annotated() {}

  /**
   * Methods declared in a class with one of these annotations. An execution join point also matches
   * the methods that the executed one overrides, whose classes may be annotated although its own is
   * not. Hence the check of the lexical scope by {@code within}.
   */
  @Pointcut(
      "@within(dev.llmretry.LlmRetry)"
          + " || (!within(is(AnonymousType)) && ("
          + "(within((@(@dev.llmretry.LlmRetry *) *) && !is(InterfaceType))"
          + " && execution(* (@(@dev.llmretry.LlmRetry *) *).*(..)))"
          + " || (within((@(@(@dev.llmretry.LlmRetry *) *) *) && !is(InterfaceType))"
          + " && execution(* (@(@(@dev.llmretry.LlmRetry *) *) *).*(..)))))")
  public void placedInAnnotatedClass() {}

  /** Methods that are retried because their class is annotated. */
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

  /** All retried methods. {@code retryRuntime}, which the aspects call, is excluded. */
  @Pointcut(
      "(annotated() || inAnnotatedClass())"
          + " && !execution(* (RetryRuntimeProvider+).retryRuntime())")
  public void retried() {}

  /**
   * Methods with neither a time-out nor a deadline nor a check nor a reviser, whose streams are retried only until
   * they are open.
   */
  @Pointcut(
      "execution(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING,"
          + " check=dev.llmretry.LlmRetry.NoCheck.class,"
          + " revise=dev.llmretry.LlmRetry.NoReviser.class) * *(..))"
          + " || execution(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING,"
          + " check=dev.llmretry.LlmRetry.NoCheck.class,"
          + " revise=dev.llmretry.LlmRetry.NoReviser.class) *) * *(..))"
          + " || execution(@(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING,"
          + " check=dev.llmretry.LlmRetry.NoCheck.class,"
          + " revise=dev.llmretry.LlmRetry.NoReviser.class) *) *) * *(..))"
          + " || (!annotated() && within("
          + "(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING,"
          + " check=dev.llmretry.LlmRetry.NoCheck.class,"
          + " revise=dev.llmretry.LlmRetry.NoReviser.class) *)"
          + " || (@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING,"
          + " check=dev.llmretry.LlmRetry.NoCheck.class,"
          + " revise=dev.llmretry.LlmRetry.NoReviser.class) *) *)"
          + " || (@(@(@dev.llmretry.LlmRetry(deadlineMs=-1, attemptTimeoutMs=-1,"
          + " stream=dev.llmretry.StreamRetry.OPENING,"
          + " check=dev.llmretry.LlmRetry.NoCheck.class,"
          + " revise=dev.llmretry.LlmRetry.NoReviser.class) *) *) *)))")
  public void supportedByLoop() {}

  /** Methods that may fail after they have returned. */
  @Pointcut(
      "execution(java.util.concurrent.Future+ *(..))"
          + " || execution(java.util.concurrent.CompletionStage+ *(..))"
          + " || execution(java.util.concurrent.Flow.Publisher+ *(..))"
          + " || execution(org.reactivestreams*.Publisher+ *(..))"
          + " || execution(io.reactivex.rxjava3.core.*Source+ *(..))")
  public void asynchronous() {}

  /** Methods retried by the woven loop; the others are retried by methods of the companion. */
  @Pointcut(
      "retried() && supportedByLoop() && !asynchronous()"
          + " && execution(!static * *(..))"
          + " && !execution(* *(.., @dev.llmretry.StreamCallback (*), ..))"
          + " && !execution(* *(.., dev.llmretry.runtime.Attempt, ..))"
          + " && !execution(* (RetryRuntimeProvider+).*(..))")
  public void inLoop() {}
}
