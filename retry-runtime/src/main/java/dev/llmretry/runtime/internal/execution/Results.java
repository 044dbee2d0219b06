package dev.llmretry.runtime.internal.execution;

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
}
