package dev.llmretry.runtime.internal.execution;

import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/** Checks what an asynchronous attempt returns. */
public final class Results {

  private Results() {}

  /** Returns {@code returned}, which must not be null. */
  public static <R> R requireReturned(RetryPolicy policy, @Nullable R returned) {
    if (returned == null) {
      throw new NullPointerException(
          policy.name() + " returned null instead of a future or publisher");
    }
    return returned;
  }
}
