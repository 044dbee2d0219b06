package acme.clashes;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;

public interface Clashing<RetryRuntime> {

  String COMPLETE = "a constant";

  int delegate = 1;

  record Duration(long length) {}

  record RetryLoop(int size) {}

  record Generated(java.time.Duration time) {}

  @LlmRetry
  Duration complete(
      String delegate,
      String runtime,
      RetryLoop retries,
      RetryRuntime e,
      int begun,
      int result,
      boolean observed,
      CancellationToken attempt);

  @LlmRetry(attemptTimeoutMs = 50)
  java.time.Duration complete(
      CancellationToken token, String delegate, int retries, int e, int attempt, int result);

  @LlmRetry
  void complete(Generated generated);

  @LlmRetry
  <RetryPolicy> RetryPolicy delegate(RetryPolicy policy);

  String RetryPolicy = "a constant";

  @LlmRetry
  String ask(String ASK, String RetryLoop);

  @LlmRetry
  int completeAll(Clashing<?> $dollar, Objects objects, Exception exception);
}
