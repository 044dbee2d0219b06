package dev.llmretry.benchmarks;

import java.util.concurrent.CompletableFuture;

/** As {@link HandWrittenChat}, without blocking. Without a delay it needs no timer. */
record HandWrittenAsyncChat(AsyncChatClient delegate) implements AsyncChatClient {

  @Override
  public CompletableFuture<String> complete(String prompt) {
    CompletableFuture<String> first = delegate.complete(prompt);
    if (HandWritten.isResult(first)) {
      return first;
    }
    CompletableFuture<String> result = new CompletableFuture<>();
    follow(first, prompt, result, 1);
    return result;
  }

  private void follow(
      CompletableFuture<String> stage,
      String prompt,
      CompletableFuture<String> result,
      int attempt) {
    CompletableFuture<String> unused =
        stage.whenComplete(
            (answer, error) -> {
              if (error == null) {
                result.complete(answer);
              } else if (attempt > HandWritten.MAX_RETRIES || !HandWritten.isRetryable(error)) {
                result.completeExceptionally(error);
              } else {
                follow(delegate.complete(prompt), prompt, result, attempt + 1);
              }
            });
  }
}
