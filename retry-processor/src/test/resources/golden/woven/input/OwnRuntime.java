package acme.woven;

import dev.llmretry.LlmRetry;
import dev.llmretry.runtime.RetryRuntime;
import dev.llmretry.aspectj.RetryRuntimeProvider;
import java.io.IOException;

record OwnRuntime(RetryRuntime retryRuntime) implements RetryRuntimeProvider {

  @LlmRetry
  String complete(String prompt) throws IOException {
    return prompt;
  }
}
