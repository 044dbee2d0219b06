package dev.llmretry.runtime.aspectj;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryLoop;
import dev.llmretry.runtime.RetryRuntime;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * Retries methods that take no token. In the standard runtime, nothing is allocated, and no setting
 * read, until one fails.
 */
public aspect LoopWithoutToken {

  pointcut retriedCall(Object self) :
      Retried.inLoop() && this(self) && !execution(* *(.., CancellationToken+, ..));

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object self) : retriedCall(self) {
    RetryRuntime runtime = WovenRetries.runtime();
    boolean observed = WovenLoop.begin(runtime, thisJoinPointStaticPart, self, null);
    long begun = RetryLoop.now();
    WovenLoop retries = null;
    while (true) {
      try {
        Object result = proceed(self);
        if (observed) {
          WovenLoop.succeeded(runtime, thisJoinPointStaticPart, self, retries);
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = WovenLoop.failed(runtime, thisJoinPointStaticPart, self, null, begun, e);
        }
        retries.awaitRetry(e);
      }
    }
  }
}
