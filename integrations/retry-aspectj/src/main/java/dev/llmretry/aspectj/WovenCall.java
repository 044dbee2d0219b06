package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.runtime.internal.util.SneakyThrow;
import org.aspectj.lang.JoinPoint;
import org.jspecify.annotations.Nullable;

/**
 * A call of a woven method that a method of its companion retries. Immutable, and safe for use by
 * several threads.
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
   * Makes a call with its retries, for the aspect. Exceptions of the method are rethrown.
   *
   * @param call the join point, with the instance and the arguments
   * @param proceeding runs the original method
   * @return the result of the method
   */
  public static @Nullable Object make(JoinPoint call, Proceeding proceeding) {
    try {
      return retried(call, proceeding);
    } catch (Throwable e) {
      throw SneakyThrow.<RuntimeException>of(e); // unchecked: the method declares it
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
    RetryRuntime runtime = WovenClass.runtimeOf(call.getStaticPart(), runtimeOf(call));
    return method.driver().retry(new WovenCall(runtime, arguments, proceeding));
  }

  /** Ignores an implementation in a subclass, like the woven loop. */
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
   * @param <T> the type of the parameter
   * @param position the position of the parameter, from 0
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // typed by caller
  public <T extends @Nullable Object> T argument(int position) {
    return (T) arguments[position];
  }

  /**
   * {@return a copy of this call with another argument}
   *
   * @param position the position of the parameter, from 0
   * @param argument the new argument
   */
  public WovenCall with(int position, @Nullable Object argument) {
    @Nullable Object[] replaced = arguments.clone();
    replaced[position] = argument;
    return new WovenCall(runtime, replaced, proceeding);
  }

  /**
   * Makes one attempt.
   *
   * @param <R> the return type of the method
   * @return the result of the method
   * @throws Throwable any exception of the method
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // typed by caller
  public <R extends @Nullable Object> R proceed() throws Throwable {
    return (R) proceeding.proceed(arguments);
  }

  /** Runs the original method. */
  @FunctionalInterface
  public interface Proceeding {

    /**
     * Runs the method.
     *
     * @param arguments the arguments
     * @return the result of the method
     * @throws Throwable any exception of the method
     */
    @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable;
  }
}
