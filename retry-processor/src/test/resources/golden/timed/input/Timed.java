package acme.timed;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.CancellationToken;
import java.io.IOException;

public interface Timed {

  @LlmRetry(attemptTimeoutMs = 2_000)
  String withToken(String request, CancellationToken cancel) throws IOException;

  @LlmRetry(deadlineMs = 30_000, attemptTimeoutMs = 10_000)
  String withoutToken(String request) throws IOException, InterruptedException;

  @LlmRetry(deadlineMs = 60_000)
  void nothing();

  @LlmRetry(deadlineMs = 60_000)
  <T extends CancellationToken> void ownToken(T token);
}
