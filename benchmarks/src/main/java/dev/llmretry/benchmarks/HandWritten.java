package dev.llmretry.benchmarks;

import dev.llmretry.LlmFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What is written by hand shares this. */
public final class HandWritten {

  public static final int MAX_RETRIES = 3;
  static final long BASE_DELAY_MS = 0;

  private static final long MAX_DELAY_MS = 30_000;

  private HandWritten() {}

  static boolean isRetryable(IOException error) {
    return error instanceof LlmFailure failure && failure.kind().isRetryable();
  }

  /** Returns whether what a stage failed with is retryable. */
  public static boolean isRetryable(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof IOException failure && isRetryable(failure);
  }

  /** Returns whether a future can be returned as it is. */
  static boolean isResult(CompletableFuture<?> future) {
    return future.isDone() && !future.isCompletedExceptionally();
  }

  /** Returns the wait after an attempt, counted from 1: the provider's if it asked, else ours. */
  static long delayMs(IOException error, int attempt) {
    if (error instanceof LlmFailure failure) {
      Duration asked = failure.retryAfter();
      if (asked != null) {
        return asked.toMillis();
      }
    }
    return Math.min(BASE_DELAY_MS << (attempt - 1), MAX_DELAY_MS);
  }

  static void sleep(long millis, IOException error) throws IOException {
    if (millis <= 0) {
      return;
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting");
      interrupted.initCause(error);
      throw interrupted;
    }
  }
}
