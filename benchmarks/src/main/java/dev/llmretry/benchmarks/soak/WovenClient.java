package dev.llmretry.benchmarks.soak;

import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

/** What is called with its retries woven in. */
class WovenClient {

  private final SoakClient provider;

  WovenClient(SoakClient provider) {
    this.provider = provider;
  }

  @Untimed
  Call ask(Call call, CancellationToken token) throws IOException {
    return provider.ask(call, token);
  }

  @InTime
  Call askInTime(Call call, CancellationToken token) throws IOException {
    return provider.ask(call, token);
  }
}
