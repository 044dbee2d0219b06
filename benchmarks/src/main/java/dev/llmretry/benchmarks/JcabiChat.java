package dev.llmretry.benchmarks;

import com.jcabi.aspects.RetryOnFailure;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Woven by AspectJ with jcabi-aspects. */
class JcabiChat {

  private final Delegate delegate;

  JcabiChat(Delegate delegate) {
    this.delegate = delegate;
  }

  @RetryOnFailure(
      attempts = HandWritten.MAX_RETRIES + 1,
      delay = 0,
      unit = TimeUnit.MILLISECONDS,
      randomize = false,
      verbose = false)
  String complete(String prompt) throws IOException {
    return delegate.complete(prompt);
  }
}
