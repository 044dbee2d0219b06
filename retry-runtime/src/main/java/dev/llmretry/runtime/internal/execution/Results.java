package dev.llmretry.runtime.internal.execution;

import dev.llmretry.Rejection;
import dev.llmretry.runtime.RejectedResultException;
import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** Checks the return values of asynchronous attempts. */
public final class Results {

  private Results() {}

  /** Returns {@code returned}; throws {@link NullPointerException} if it is null. */
  public static <R> R requireReturned(RetryPolicy policy, @Nullable R returned) {
    if (returned == null) {
      throw new NullPointerException(
          policy.name() + " returned null instead of a future or publisher");
    }
    return returned;
  }

  /**
   * {@return the error of an attempt whose result the check rejects, or null if it is accepted}
   *
   * @param policy has the check
   * @param result a result; null if there is none
   */
  public static @Nullable RejectedResultException reject(
      RetryPolicy policy, @Nullable Object result) {
    return error(policy, policy.check(result), result);
  }

  /**
   * {@return the error of an attempt of which the check rejects an element, or null if it is
   * accepted}
   *
   * @param policy has the check
   * @param element an element; null if there is none
   */
  public static @Nullable RejectedResultException rejectElement(
      RetryPolicy policy, @Nullable Object element) {
    return error(policy, policy.checkElement(element), element);
  }

  private static @Nullable RejectedResultException error(
      RetryPolicy policy, @Nullable Rejection rejection, @Nullable Object result) {
    return rejection == null ? null : new RejectedResultException(policy, rejection, result);
  }
}
