package dev.llmretry.gax;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.AbstractApiFuture;
import com.google.api.core.ApiFuture;
import com.google.api.core.ApiFutures;
import com.google.api.core.SettableApiFuture;
import dev.llmretry.guava.internal.RetriedFutureTest;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class GaxRetryTest extends RetriedFutureTest<ApiFuture<String>> {

  @Override
  protected ApiFuture<String> call(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<ApiFuture<String>> call) {
    return GaxRetry.call(runtime, policy, call);
  }

  @Override
  protected ApiFuture<String> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      CancellationToken token,
      AsyncCall<ApiFuture<String>> call) {
    return GaxRetry.call(runtime, policy, token, call);
  }

  @Override
  protected Pending<ApiFuture<String>> begin() {
    SettableApiFuture<String> future = SettableApiFuture.create();
    return new Pending<>(future, future::set, future::setException);
  }

  @Override
  protected ApiFuture<String> done(String result) {
    return ApiFutures.immediateFuture(result);
  }

  @Override
  protected ApiFuture<String> failed(Throwable error) {
    return ApiFutures.immediateFailedFuture(error);
  }

  @Override
  protected ApiFuture<String> answering(String answer) {
    return new Answering(answer);
  }

  @Override
  protected ApiFuture<String> strip(ApiFuture<String> future) {
    return ApiFutures.transform(future, String::strip, Runnable::run);
  }

  @Override
  protected void addListener(ApiFuture<String> future, Runnable listener, Executor executor) {
    future.addListener(listener, executor);
  }

  @Test
  void aFutureOfASubtypeWillDo() throws Exception {
    ApiFuture<CharSequence> future =
        GaxRetry.<CharSequence>call(runtime, POLICY, attempt -> ask(attempt.token()));
    attempt(1).set("answer");
    assertThat(future.get()).isEqualTo("answer");
  }

  /** Answers a cancellation with a result, or ignores it. */
  private static final class Answering extends AbstractApiFuture<String> {

    private final String answer;

    Answering(String answer) {
      this.answer = answer;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      if (answer != null) {
        set(answer);
      }
      return false;
    }
  }
}
