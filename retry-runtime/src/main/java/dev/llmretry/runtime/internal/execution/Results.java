package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** Checks what an asynchronous attempt returns. */
public final class Results {

  private Results() {}

  /**
   * {@return {@code returned}, which must not be null}
   *
   * @param <R> what stands for the result
   * @param policy the settings of the method
   * @param returned what an attempt returned
   * @throws NullPointerException if it is null
   */
  public static <R> R requireReturned(RetryPolicy policy, @Nullable R returned) {
    if (returned == null) {
      throw new NullPointerException(
          policy.name() + " returned null instead of a future or publisher");
    }
    return returned;
  }
}
