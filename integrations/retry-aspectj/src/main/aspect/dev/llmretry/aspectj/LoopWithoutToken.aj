package dev.llmretry.aspectj;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.RetryRuntime;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Retries methods that take no token. In the standard runtime, nothing is allocated, and no setting
 * read, until one fails.
 */
public aspect LoopWithoutToken {

  pointcut retriedCall(Object self) :
      RetryPointcuts.inLoop() && this(self) && !execution(* *(.., CancellationToken+, ..));

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object self) : retriedCall(self) {
    RetryRuntime runtime = AspectJRetries.runtime();
    WovenLoop retries = WovenLoop.begin(runtime, thisJoinPointStaticPart, self, null);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Object result = proceed(self);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = WovenLoop.failed(runtime, thisJoinPointStaticPart, self, null, startSequence, e);
        }
        retries.awaitRetry(e);
      }
    }
  }
}
