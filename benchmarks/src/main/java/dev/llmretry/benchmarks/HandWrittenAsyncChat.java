package dev.llmretry.benchmarks;

import java.util.concurrent.CompletableFuture;

/** As {@link HandWrittenChat}, without blocking. Without a delay it needs no timer. */
record HandWrittenAsyncChat(AsyncChatClient delegate) implements AsyncChatClient {

  @Override
  public CompletableFuture<String> complete(String prompt) {
    CompletableFuture<String> result = new CompletableFuture<>();
    attempt(prompt, result, 1);
    return result;
  }

  private void attempt(String prompt, CompletableFuture<String> result, int attempt) {
    CompletableFuture<String> unused =
        delegate
            .complete(prompt)
            .whenComplete(
                (answer, error) -> {
                  if (error == null) {
                    result.complete(answer);
                  } else if (attempt > HandWritten.MAX_RETRIES || !HandWritten.isRetryable(error)) {
                    result.completeExceptionally(error);
                  } else {
                    attempt(prompt, result, attempt + 1);
                  }
                });
  }
}
