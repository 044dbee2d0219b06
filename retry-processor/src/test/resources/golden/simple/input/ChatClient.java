package acme.simple;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

public interface ChatClient {

  String name();

  @LlmRetry(max = 3, baseDelayMs = 100)
  String complete(String request, CancellationToken cancel) throws IOException;

  @LlmRetry
  void ping();
}
