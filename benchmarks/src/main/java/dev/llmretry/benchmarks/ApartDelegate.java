package dev.llmretry.benchmarks;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.CompilerControl.Mode;

/** Compiled apart from its caller, as a real client is. No record: JMH overlooks those. */
final class ApartDelegate implements Delegate {

  private final Provider provider;

  ApartDelegate(Provider provider) {
    this.provider = provider;
  }

  @Override
  @CompilerControl(Mode.DONT_INLINE)
  public String complete(String prompt) throws IOException {
    return provider.answer(prompt);
  }

  @Override
  @CompilerControl(Mode.DONT_INLINE)
  public String complete(String prompt, CancellationToken cancel) throws IOException {
    return provider.answer(prompt);
  }
}
