package dev.llmretry.benchmarks;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** As {@link PlainChat}, annotated, and woven by AspectJ. */
class AnnotatedChat {

  private final Delegate delegate;

  AnnotatedChat(Delegate delegate) {
    this.delegate = delegate;
  }

  @LlmRetry(max = 3, baseDelayMs = 0)
  String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }

  @LlmRetry(max = 3, baseDelayMs = 0)
  String complete(String prompt, CancellationToken cancel) throws IOException {
    return delegate.complete(prompt, cancel);
  }

  @LlmRetry(max = 3, baseDelayMs = 0, deadlineMs = 10_000)
  String completeInTime(String prompt) throws IOException {
    return delegate.complete(prompt);
  }
}
