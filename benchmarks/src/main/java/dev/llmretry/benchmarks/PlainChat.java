package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** A class that retries nothing: what {@link AnnotatedChat} was before it was woven. */
class PlainChat {

  private final Delegate delegate;

  PlainChat(Delegate delegate) {
    this.delegate = delegate;
  }

  String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }

  String complete(String prompt, CancellationToken cancel) throws IOException {
    return delegate.complete(prompt, cancel);
  }
}
