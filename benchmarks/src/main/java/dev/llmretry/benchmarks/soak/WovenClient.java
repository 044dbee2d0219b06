package dev.llmretry.benchmarks.soak;

import dev.llmretry.aspectj.RetryRuntimeProvider;
import dev.llmretry.runtime.CancellationToken;
import dev.llmretry.runtime.RetryRuntime;
import java.io.IOException;

/** What is called with its retries woven in. */
class WovenClient implements RetryRuntimeProvider {

  private final SoakClient provider;
  private final RetryRuntime runtime;

  /**
   * Makes a client.
   *
   * @param runtime null for that of all woven classes
   */
  WovenClient(SoakClient provider, RetryRuntime runtime) {
    this.provider = provider;
    this.runtime = runtime;
  }

  @Override
  public RetryRuntime retryRuntime() {
    return runtime;
  }

  @Untimed
  Answer ask(Call call, CancellationToken token) throws IOException {
    return provider.ask(call, token);
  }

  @InTime
  Answer askInTime(Call call, CancellationToken token) throws IOException {
    return provider.ask(call, token);
  }
}
