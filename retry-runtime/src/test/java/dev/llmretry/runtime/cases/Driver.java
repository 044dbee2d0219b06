package dev.llmretry.runtime.cases;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.IOException;

/** A way of retrying: makes the call of a case. */
@FunctionalInterface
public interface Driver {

  /** Calls {@code delegate} with the settings of {@code retryCase}. */
  String call(RetryCase retryCase, RetryRuntime runtime, CancellationToken token, Delegate delegate)
      throws IOException;
}
