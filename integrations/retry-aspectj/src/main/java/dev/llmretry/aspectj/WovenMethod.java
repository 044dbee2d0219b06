package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How one woven method is retried.
 *
 * @param admitsInterrupt whether {@code InterruptedException} may leave it
 * @param driver what retries it; null for the loop that is woven in
 */
record WovenMethod(RetryPolicy policy, boolean admitsInterrupt, @Nullable Driver driver) {

  /** Retries calls of one method: a method of the generated class. */
  @FunctionalInterface
  interface Driver {

    /**
     * Makes a call, with its retries.
     *
     * @return what the method returns; null if it returns nothing
     * @throws Throwable what the method throws
     */
    @Nullable Object retry(WovenCall call) throws Throwable;
  }
}
