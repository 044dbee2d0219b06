package dev.llmretry.aspectj;

import dev.llmretry.runtime.RetryRuntime;
import org.jspecify.annotations.Nullable;

/**
 * A woven class whose instances bring their own runtime: a clock, a listener, a token. To be
 * implemented by the class that declares the retried methods, or by one that it extends; of a
 * subclass it is not asked. Its static methods, and all other woven classes, use {@link
 * AspectJRetries#runtime}.
 */
public interface RetryRuntimeProvider {

  /**
   * {@return the runtime for the calls of this instance, before each call; null, as in the middle
   * of a constructor, stands for {@link AspectJRetries#runtime}}
   */
  @Nullable RetryRuntime retryRuntime();
}
