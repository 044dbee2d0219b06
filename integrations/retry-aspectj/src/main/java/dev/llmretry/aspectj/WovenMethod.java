package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How one woven method is retried.
 *
 * @param policy the settings
 * @param admitsInterrupt whether the method declares {@code InterruptedException}
 * @param driver retries the method; null if the woven loop does
 */
record WovenMethod(RetryPolicy policy, boolean admitsInterrupt, @Nullable Driver driver) {

  /** Retries calls of one method: a method of the generated class. */
  @FunctionalInterface
  interface Driver {

    /**
     * Makes a call with its retries.
     *
     * @return the result of the method; null for {@code void}
     * @throws Throwable any exception of the method
     */
    @Nullable Object retry(WovenCall call) throws Throwable;
  }
}
