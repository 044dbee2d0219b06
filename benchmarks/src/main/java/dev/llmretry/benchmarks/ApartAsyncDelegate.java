package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.CompilerControl.Mode;

/** As {@link ApartDelegate}, without blocking. */
final class ApartAsyncDelegate implements AsyncDelegate {

  private final AsyncProvider provider;

  ApartAsyncDelegate(AsyncProvider provider) {
    this.provider = provider;
  }

  @Override
  @CompilerControl(Mode.DONT_INLINE)
  public CompletableFuture<String> complete(String prompt) {
    return provider.answer(prompt);
  }

  @Override
  @CompilerControl(Mode.DONT_INLINE)
  public CompletableFuture<String> complete(String prompt, CancellationToken cancel) {
    return provider.answer(prompt);
  }
}
