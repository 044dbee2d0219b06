package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.CancelledException;
import dev.llmretry.runtime.Registration;
import java.util.concurrent.CompletableFuture;

/** As {@link HandWrittenAsyncChat}, with a token that ends the call at once. */
record HandWrittenCancellableAsyncChat(CancellableAsyncChatClient delegate)
    implements CancellableAsyncChatClient {

  @Override
  public CompletableFuture<String> complete(String prompt, CancellationToken cancel) {
    try {
      cancel.throwIfCancelled();
    } catch (CancelledException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<String> first = delegate.complete(prompt, cancel);
    if (HandWritten.isResult(first)) {
      return first;
    }
    CompletableFuture<String> result = new CompletableFuture<>();
    Registration registration = cancel.onCancel(() -> result.cancel(true));
    CompletableFuture<String> unused = result.whenComplete((answer, error) -> registration.close());
    follow(first, prompt, cancel, result, 1);
    return result;
  }

  private void follow(
      CompletableFuture<String> stage,
      String prompt,
      CancellationToken cancel,
      CompletableFuture<String> result,
      int attempt) {
    CompletableFuture<String> unused =
        stage.whenComplete(
            (answer, error) -> {
              if (error == null) {
                result.complete(answer);
              } else if (attempt > HandWritten.MAX_RETRIES
                  || !HandWritten.isRetryable(error)
                  || cancel.isCancelled()) {
                result.completeExceptionally(error);
              } else {
                follow(delegate.complete(prompt, cancel), prompt, cancel, result, attempt + 1);
              }
            });
  }
}
