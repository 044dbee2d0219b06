package dev.llmretry.conformance;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.IOException;

/** Makes the call of a case with one of the drivers. */
@FunctionalInterface
public interface Driver {

  /** Calls {@code delegate} with the settings of {@code retryCase}. */
  String call(RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException;
}
