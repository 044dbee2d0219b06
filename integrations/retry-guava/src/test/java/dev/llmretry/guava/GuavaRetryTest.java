package dev.llmretry.guava;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.AbstractFuture;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import dev.llmretry.guava.internal.RetriedFutureTest;
import dev.llmretry.runtime.AsyncCall;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryPolicy;
import dev.llmretry.runtime.RetryRuntime;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class GuavaRetryTest extends RetriedFutureTest<ListenableFuture<String>> {

  @Override
  protected ListenableFuture<String> call(
      RetryRuntime runtime, RetryPolicy policy, AsyncCall<ListenableFuture<String>> call) {
    return GuavaRetry.call(runtime, policy, call);
  }

  @Override
  protected ListenableFuture<String> call(
      RetryRuntime runtime,
      RetryPolicy policy,
      CancellationToken token,
      AsyncCall<ListenableFuture<String>> call) {
    return GuavaRetry.call(runtime, policy, token, call);
  }

  @Override
  protected Pending<ListenableFuture<String>> begin() {
    SettableFuture<String> future = SettableFuture.create();
    return new Pending<>(future, future::set, future::setException);
  }

  @Override
  protected ListenableFuture<String> done(String result) {
    return Futures.immediateFuture(result);
  }

  @Override
  protected ListenableFuture<String> failed(Throwable error) {
    return Futures.immediateFailedFuture(error);
  }

  @Override
  protected ListenableFuture<String> answering(String answer) {
    return new Answering(answer);
  }

  @Override
  protected ListenableFuture<String> strip(ListenableFuture<String> future) {
    return Futures.transform(future, String::strip, Runnable::run);
  }

  @Override
  protected void addListener(
      ListenableFuture<String> future, Runnable listener, Executor executor) {
    future.addListener(listener, executor);
  }

  @Test
  void aFutureOfASubtypeWillDo() throws Exception {
    ListenableFuture<CharSequence> future =
        GuavaRetry.<CharSequence>call(runtime, POLICY, attempt -> ask(attempt.token()));
    attempt(1).set("answer");
    assertThat(future.get()).isEqualTo("answer");
  }

  /** Answers a cancellation with a result, or ignores it. */
  private static final class Answering extends AbstractFuture<String> {

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
