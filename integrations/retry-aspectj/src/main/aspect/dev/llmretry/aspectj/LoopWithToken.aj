package dev.llmretry.aspectj;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.generated.RetryLoop;
import dev.llmretry.runtime.RetryRuntime;
import org.aspectj.lang.annotation.SuppressAjWarnings;

/**
 * As {@link LoopWithoutToken}, for methods that take a token. AspectJ binds an argument by its
 * position, hence an aspect for each.
 */
public abstract aspect LoopWithToken {

  abstract pointcut takes(CancellationToken token);

  @SuppressAjWarnings("adviceDidNotMatch")
  Object around(Object self, CancellationToken token) :
      RetryPointcuts.inLoop() && this(self) && takes(token) {
    RetryRuntime runtime = AspectJRetries.runtime();
    WovenLoop retries = WovenLoop.begin(runtime, thisJoinPointStaticPart, self, token);
    long startSequence = RetryLoop.sequence();
    while (true) {
      try {
        Object result = proceed(self, token);
        if (retries != null) {
          retries.succeeded();
        }
        return result;
      } catch (Exception e) {
        if (retries == null) {
          retries = WovenLoop.failed(runtime, thisJoinPointStaticPart, self, token, startSequence, e);
        }
        retries.awaitRetry(e);
      }
    }
  }

  public static aspect First extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(CancellationToken+, ..)) && args(token, ..);
  }

  public static aspect Second extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, CancellationToken+, ..)) && args(*, token, ..);
  }

  public static aspect Third extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, *, CancellationToken+, ..)) && args(*, *, token, ..);
  }

  public static aspect Fourth extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, *, *, CancellationToken+, ..)) && args(*, *, *, token, ..);
  }

  public static aspect Fifth extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, *, *, *, CancellationToken+, ..)) && args(*, *, *, *, token, ..);
  }

  public static aspect Sixth extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, *, *, *, *, CancellationToken+, ..)) && args(*, *, *, *, *, token, ..);
  }

  public static aspect Seventh extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, *, *, *, *, *, CancellationToken+, ..))
        && args(*, *, *, *, *, *, token, ..);
  }

  public static aspect Eighth extends LoopWithToken {
    pointcut takes(CancellationToken token) :
        execution(* *(*, *, *, *, *, *, *, CancellationToken+, ..))
        && args(*, *, *, *, *, *, *, token, ..);
  }
}
