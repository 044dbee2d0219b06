package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * A call of a woven method that a method of its companion retries. Immutable; its attempts may be
 * made by any thread.
 */
public final class WovenCall {

  private final RetryRuntime runtime;
  private final @Nullable Object[] arguments;
  private final Proceeding proceeding;

  private WovenCall(RetryRuntime runtime, @Nullable Object[] arguments, Proceeding proceeding) {
    this.runtime = runtime;
    this.arguments = arguments;
    this.proceeding = proceeding;
  }

  /**
   * Makes a call, with its retries; for the aspect. Throws what the method throws.
   *
   * @param call the place, the instance and the arguments
   * @param proceeding runs the method's own code
   * @return what the method returns
   */
  public static @Nullable Object make(JoinPoint call, Proceeding proceeding) {
    try {
      return retried(call, proceeding);
    } catch (Throwable e) {
      throw SneakyThrow.<RuntimeException>of(e); // the method declares it, the aspect cannot
    }
  }

  private static @Nullable Object retried(JoinPoint call, Proceeding proceeding) throws Throwable {
    Object self = call.getThis();
    WovenMethod method = WovenClass.method(call.getStaticPart(), self, null);
    @Nullable Object[] arguments = call.getArgs();
    if (method == null) {
      return proceeding.proceed(arguments);
    }
    if (method.driver() == null) {
      throw WovenClass.notProcessed(call.getSignature().getDeclaringType(), null);
    }
    return method.driver().retry(new WovenCall(runtimeOf(call), arguments, proceeding));
  }

  /** A subclass is not asked, as the loop that is woven into the class could not ask it either. */
  private static RetryRuntime runtimeOf(JoinPoint call) {
    boolean isDeclared =
        RetryRuntimeProvider.class.isAssignableFrom(call.getSignature().getDeclaringType());
    RetryRuntime own =
        isDeclared && call.getThis() instanceof RetryRuntimeProvider owner
            ? owner.retryRuntime()
            : null;
    return own == null ? AspectJRetries.runtime() : own;
  }

  /** {@return the runtime} */
  public RetryRuntime runtime() {
    return runtime;
  }

  /**
   * {@return an argument}
   *
   * @param <T> the type of that parameter
   * @param position counted from 0
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // its caller knows
  public <T extends @Nullable Object> T argument(int position) {
    return (T) arguments[position];
  }

  /**
   * {@return the same call with another argument at a position, counted from 0}
   *
   * @param position counted from 0
   * @param argument the argument to pass instead
   */
  public WovenCall with(int position, @Nullable Object argument) {
    @Nullable Object[] replaced = arguments.clone();
    replaced[position] = argument;
    return new WovenCall(runtime, replaced, proceeding);
  }

  /**
   * Makes one attempt.
   *
   * @param <R> what the method returns
   * @return what the method returns
   * @throws Throwable what the method throws
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // its caller knows
  public <R extends @Nullable Object> R proceed() throws Throwable {
    return (R) proceeding.proceed(arguments);
  }

  /** Runs what is woven. */
  @FunctionalInterface
  public interface Proceeding {

    /**
     * Runs it with these arguments.
     *
     * @param arguments what to call the method with
     * @return what the method returns
     * @throws Throwable what the method throws
     */
    @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable;
  }
}
