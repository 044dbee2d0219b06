package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A woven class whose instances have their own runtime. To be implemented by the class that
 * declares the retried methods, or a superclass of it; an implementation in a subclass has no
 * effect on inherited methods. Static methods and all other woven classes use {@link
 * AspectJRetries#runtime}.
 */
public interface RetryRuntimeProvider {

  /**
   * {@return the runtime for calls on this instance; null for {@link AspectJRetries#runtime}}
   * Called before each call by the calling thread, possibly before the constructor has completed.
   */
  @Nullable RetryRuntime retryRuntime();
}
